/*M!999999\- enable the sandbox mode */ 
-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: 127.0.0.1    Database: mobile
-- ------------------------------------------------------
-- Server version	10.11.19-MariaDB-0+deb12u1

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;

--
-- Table structure for table `users`
--

DROP TABLE IF EXISTS `users`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `users` (
  `uuid` varchar(255) NOT NULL,
  `username` varchar(400) NOT NULL,
  `email` varchar(120) DEFAULT NULL,
  `mobile` varchar(400) NOT NULL,
  `password` varchar(255) NOT NULL,
  `gender` varchar(60) DEFAULT NULL,
  `status` tinyint(1) NOT NULL,
  `created` datetime NOT NULL,
  `modified` datetime NOT NULL,
  PRIMARY KEY (`uuid`),
  UNIQUE KEY `username` (`username`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
/*!40101 SET character_set_client = @saved_cs_client */;

--
-- Dumping data for table `users`
--

LOCK TABLES `users` WRITE;
/*!40000 ALTER TABLE `users` DISABLE KEYS */;
INSERT INTO `users` VALUES
('0ad0c5e7-589e-424c-af85-acef0ddba8fe','same2',NULL,'01700000012','c891a4b7913d3280db74f77fe75be20e',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:32'),
('0c26dc43-f37d-4604-ad35-0dc465242554','long.two',NULL,'6','43005765f9be1d577c37f32ab4d094c1',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:32'),
('1523e03f-f6a8-4cfd-9ce9-fabbd2c9e855','same1',NULL,'01700000011','c891a4b7913d3280db74f77fe75be20e',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:32'),
('1ebc3b04-0d76-42ef-bc75-127b4978ba96','olaf',NULL,'01700000007','d25b84990e13984181830e77c6cfe84e',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:32'),
('3a99930c-4a7b-4ecf-a03b-5a359531a0cf','olaf ',' olaf@example.com ',' 01700000007','d07c7bc4a37fdfd291e4025f214c8847',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:34'),
('3b0d6204-c9cb-4050-b813-e616afc0f918','Renamed New',NULL,'01700000125','f8d0fdebf23e5deffae45c23b1515d37',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:34'),
('4efaa4eb-a135-48b5-8fa1-aeb69308fd32','bram',NULL,'+8801700000003','c8841750c9c59a41a56789d704dcd66f',NULL,0,'2026-11-27 23:20:32','2026-11-27 23:20:32'),
('63208465-ee34-44c3-b8f3-08dedbe26e0b','Zoé 李','zoe@example.com','০১৭০০০০০০০৪','eaeb3b97ea688f178b11af0c5c129853','Male',1,'2026-11-27 23:20:32','2026-11-27 23:20:34'),
('646286aa-7e78-4845-b369-7020b73c8b03','odd.gender',NULL,'01700000019','6258517959195705d6ec5e00c64eb0cf','xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',1,'2026-11-27 23:20:32','2026-11-27 23:20:34'),
('745d231f-728b-4f17-949a-d823bce78611','café',NULL,'01700000024','ba97f5e0690543d8c8980ccaed96f138',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:32'),
('766796b9-453c-4bf6-8c07-2ea45b8985dd','12345678',NULL,'98765432','fa870a9863f800d68b952e1add71eef4',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:32'),
('8ac7d354-6a1c-47cd-af6c-e6735766d250','nopass',NULL,'01700000010','efbc32126b050b1e5b6f4ad4763744f3',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:32'),
('966767a2-833a-407e-b6e9-f1810370895e','café',NULL,'01700000023','25b198f0597e46d9ede8a2e9f7bda57f',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:32'),
('9ba94b58-1fca-487f-8a73-58a8eeff30a2','fogg, \"phil\"\njr','phil.fogg@example.com','017,22','bbc1d146f8357b7e38124fadc1c6eb75',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:34'),
('a319514b-af7a-4a7e-b4e0-04b3d6bdf6f3','plain.mail','nope','01700000018','badc21d64aad94585157c6f62dd319ec',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:34'),
('a7098fb0-f33b-4150-8d30-b9db54e04f49','nul.pass',NULL,'01700000015','d843d408435549321a596db4f3242c84',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:32'),
('b05192fb-b640-44a9-8293-c8b443fc39bb','ANNA.KEEL','Anna.Keel@Example.com','01700000002','d4f66f6a849f2b1fde75da91d672204e','female',1,'2026-11-27 23:20:32','2026-11-27 23:20:34'),
('c2316700-3868-40b3-ba71-da2b0a0f9bb1','huge',NULL,'01700000014','8cb2ddad556c9da1e41bfd377932eb64',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:32'),
('c65fd1ab-a376-46c6-ab6c-dcc3cd465bcd','nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn',NULL,'777777777777777777777777777777777777777777777777777777777777','6104da7d099ae346ed301b17608c45ad',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:32'),
('d37faaad-1e77-4c3d-9af7-5abe1c914841','changed',NULL,'01700000021','bca6245b2a4cea586b500bb7e0f6dbc5',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:34'),
('d8ecc174-c7a2-464b-9431-268b73a8bbd1','',NULL,'','c0d39cea52a1656c56755f0ab0c3c20f',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:32'),
('ecc0613c-aeea-4794-bd1d-b9db2c56d1b8','anna.keel','anna.keel@example.com','01700000001','bbb3ff4d43e454d1d7d5ee6135959ebd','Female',1,'2026-11-27 23:20:32','2026-11-27 23:20:33'),
('f34095fb-e3c8-4af9-9448-49037ab22f8e','1',NULL,'01700000017','ca77f202a0ae30d19476f2c3baca3b03',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:32'),
('f5eb73e5-7c9e-4213-9564-e7998281582e','long.one',NULL,'5','26f67da5579f594f72fd5b60b30112b0',NULL,1,'2026-11-27 23:20:32','2026-11-27 23:20:32'),
('fdd2338b-bafb-4888-a6e2-994b089dc210','off',NULL,'01700000020','594140710e75bc0b5ae5036540997d08',NULL,0,'2026-11-27 23:20:32','2026-11-27 23:20:34');
/*!40000 ALTER TABLE `users` ENABLE KEYS */;
UNLOCK TABLES;
/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;

/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;

-- Dump completed on 2026-11-28 19:45:59
