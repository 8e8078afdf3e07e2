-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `users`;
CREATE TABLE `users` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `name` varchar(255) NOT NULL,
  `email` varchar(255) NOT NULL,
  `email_verified_at` timestamp NULL DEFAULT NULL,
  `password` varchar(255) NOT NULL,
  `remember_token` varchar(100) DEFAULT NULL,
  `created_at` timestamp NULL DEFAULT NULL,
  `updated_at` timestamp NULL DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `users_email_unique` (`email`)
) ENGINE=InnoDB AUTO_INCREMENT=3 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
LOCK TABLES `users` WRITE;
INSERT INTO `users` VALUES
(1,'Ann \"O\'Lee\"; (the first)','ann@example.com','2026-01-02 10:00:00','$2y$04$aHUmJz9UbZqRVgPBJyH1OeZXYVpHj0Ic8rn4Yprc6ARPRJ.cy8pNm',NULL,'2026-01-02 09:00:00','2026-01-03 09:00:00'),
(2,'Bo\nTwo','bo@example.com',NULL,'$argon2id$v=19$m=64,t=2,p=1$eks1cGFFMkhHQnBrQUU5SA$GrgHabrr3V1LrG2Wrgsv/dS/ImDA4MGUJSshrNpfK2k','abc','2026-01-02 09:00:00','2026-01-03 09:00:00');
UNLOCK TABLES;
