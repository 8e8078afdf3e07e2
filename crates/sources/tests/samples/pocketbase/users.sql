PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "users" (`avatar` TEXT DEFAULT '' NOT NULL, `created` TEXT DEFAULT '' NOT NULL, `email` TEXT DEFAULT '' NOT NULL, `emailVisibility` BOOLEAN DEFAULT FALSE NOT NULL, `id` TEXT PRIMARY KEY DEFAULT ('r'||lower(hex(randomblob(7)))) NOT NULL, `name` TEXT DEFAULT '' NOT NULL, `password` TEXT DEFAULT '' NOT NULL, `tokenKey` TEXT DEFAULT '' NOT NULL, `updated` TEXT DEFAULT '' NOT NULL, `verified` BOOLEAN DEFAULT FALSE NOT NULL);
INSERT INTO users VALUES('a_1.png','2026-01-02 09:00:00.123Z','ann@example.com',1,'r1',replace('Ann\nLee','\n',char(10)),'$2a$05$usyJGbZ2bWMtY3TG1h3N4edUa.vKM8RYnGyt2OF1A0rW4Ox1ve4Wu','k1','2026-01-03 09:00:00.000Z',1);
INSERT INTO users VALUES('','2026-01-02 09:00:00.123Z','bo@example.com',0,'r2','','$2a$05$b.KmPj.6s/mtR08pcJBMWOHDVQAKLKNQeJ3/6MUznfv3nhpGKoUni','k2','2026-01-03 09:00:00.000Z',0);
COMMIT;
