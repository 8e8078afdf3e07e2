PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE user_groups (
	id INTEGER NOT NULL, 
	name VARCHAR(9) NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);
INSERT INTO user_groups VALUES(1,'USER');
INSERT INTO user_groups VALUES(2,'MODERATOR');
INSERT INTO user_groups VALUES(3,'ADMIN');
CREATE TABLE genres (
	id INTEGER NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);
CREATE TABLE actors (
	id INTEGER NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);
CREATE TABLE countries (
	id INTEGER NOT NULL, 
	code VARCHAR(3) NOT NULL, 
	name VARCHAR(255), 
	PRIMARY KEY (id), 
	UNIQUE (code)
);
CREATE TABLE languages (
	id INTEGER NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);
CREATE TABLE users (
	id INTEGER NOT NULL, 
	email VARCHAR(255) NOT NULL, 
	hashed_password VARCHAR(255) NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	created_at DATETIME DEFAULT (CURRENT_TIMESTAMP) NOT NULL, 
	updated_at DATETIME DEFAULT (CURRENT_TIMESTAMP) NOT NULL, 
	group_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(group_id) REFERENCES user_groups (id) ON DELETE CASCADE
);
INSERT INTO users VALUES(1,'anna.keel@example.com','$2b$14$o97P0khg47deODGeq1HG4uvJPF7u4ROCwtrFIjVhhMKWPxaiitf9.',1,'2026-11-27 23:20:54','2026-11-27 23:20:54',1);
INSERT INTO users VALUES(2,'bruno.ferrand@example.com','$2b$14$XdQy2k3q7AEPhHjW0av.aOmUMOUsXtc5QFE9ticSbZjut0iXp8zWm',1,'2026-11-27 23:20:59','2026-11-27 23:20:59',1);
INSERT INTO users VALUES(3,'chloe@example.com','$2b$14$RFPwqgbZlsS95XWMb4hKneeEahAiSTNcfeFqeUghFP0uxV1uQ4boy',0,'2026-11-27 23:21:03','2026-11-27 23:21:03',1);
INSERT INTO users VALUES(4,'zoé.lindqvist@example.com','$2b$14$noEpn2SEoJduKaqJAgp7GedEBC5ynwINK.aJrdAZlH7eNPSEtQAXW',1,'2026-11-27 23:21:04','2026-11-27 23:21:05',1);
INSERT INTO users VALUES(5,'élodie@example.com','$2b$14$6pUvLp3CHEr3kySqJlQN1uS99YZiRDK8XSdxB1BlpL8aolWjNh6Ti',1,'2026-11-27 23:21:08','2026-11-27 23:21:08',1);
INSERT INTO users VALUES(6,'emoji@example.com','$2b$14$7XQn5TkQHPL6uPGAU5or6eE8/10nJVDSlGi8HHMHLdaoi0kPz4k8m',1,'2026-11-27 23:21:09','2026-11-27 23:21:09',1);
INSERT INTO users VALUES(7,'long.one@example.com','$2b$14$iAH/f62AFXBpvla9SdZWk.nwWKWV40FkFuHOQywfb/RNxFnysibuS',1,'2026-11-27 23:21:10','2026-11-27 23:21:10',1);
INSERT INTO users VALUES(8,'long.two@example.com','$2b$14$WtGlg0pfiWVsnhn34u2vR.RDYEc4KhLJJTlcKV3Sk11GCZtr7ZZEm',1,'2026-11-27 23:21:14','2026-11-27 23:21:14',1);
INSERT INTO users VALUES(9,'just72@example.com','$2b$14$O///jXAphERNw/COOBXrTOOhCOM44MCZzl1DvHO/QoUg4rtTdyt/K',1,'2026-11-27 23:21:15','2026-11-27 23:21:15',1);
INSERT INTO users VALUES(10,'cut72@example.com','$2b$14$XEJHxYM8QKjUJ1.JbOtBv.a3h4bh/M9EQj0kPt5j5CbIQUn6/URGG',1,'2026-11-27 23:21:16','2026-11-27 23:21:16',1);
INSERT INTO users VALUES(11,'trail@example.com','$2b$14$jLcjNDnYsodDjhwdq2/oU.4yYZINrEqqCBkIX.pWj/vnOOAMBOExC',1,'2026-11-27 23:21:17','2026-11-27 23:21:17',1);
INSERT INTO users VALUES(12,'lead@example.com','$2b$14$HwYnt/.E1bTNz1xLA/S98unarGl1TefC6giiCKGYkKCb2gx/jAwSG',1,'2026-11-27 23:21:18','2026-11-27 23:21:18',1);
INSERT INTO users VALUES(13,'changed@example.com','$2b$14$HrmtImF3IsmprSGSiGejB.riaqba67QIl5GEMpoEYEMUnQyJA3Ks6',1,'2026-11-27 23:21:19','2026-11-27 23:21:20',1);
INSERT INTO users VALUES(14,'resetopen@example.com','$2b$14$pjgNwot8lbKUgMBoll//Iu6IkOlLS4VWA.iWxWgQkxGP7SkfowPWK',1,'2026-11-27 23:21:23','2026-11-27 23:21:23',1);
INSERT INTO users VALUES(15,'plus+tag@mail.example.com','$2b$14$DaHNF60OxdN7FuCigDv6leiIVtZBxvn.iXYwmEB7fxOyEFz8Kg8j6',1,'2026-11-27 23:21:24','2026-11-27 23:21:24',1);
INSERT INTO users VALUES(16,'o''hara@example.com','$2b$14$C7G3Dpfm9g/PRRm3f2/xIOAS/UmapM0ASu1MmimYrcRiGqMSTm6o.',1,'2026-11-27 23:21:25','2026-11-27 23:21:25',1);
INSERT INTO users VALUES(17,'ann.lee@example.com','$2b$14$IldET8RCc9psTKgH0sMRieRXwrqKqqawHdIpiOdbLzlkF.jri4xDu',1,'2026-11-27 23:21:26','2026-11-27 23:21:26',1);
INSERT INTO users VALUES(18,'nfc@example.com','$2b$14$fuhKs6r5BGYbx3n4L3NkK.FfqsLHTRNWw5VR5O1Yg/DAi4hNY7.w.',1,'2026-11-27 23:21:27','2026-11-27 23:21:27',1);
INSERT INTO users VALUES(19,'nfd@example.com','$2b$14$pBdP3xQVkPnDW3dWnY33ou21jjgsUdugFqEfRIwmy.MnC7Wn2dqBa',1,'2026-11-27 23:21:29','2026-11-27 23:21:29',1);
INSERT INTO users VALUES(20,'digits@example.com','$2b$14$nXLYfOYYimoUDGN6C087geXTdj0lIJG9OZ9dkS/qz2aB8tfoDHuxi',1,'2026-11-27 23:21:30','2026-11-27 23:21:30',1);
INSERT INTO users VALUES(21,'same1@example.com','$2b$14$EIBFH85g8cPUrRbE7T/zn.pNiJtSYnBEq6ybfw3ZrPeuE3U9a5dWy',1,'2026-11-27 23:21:30','2026-11-27 23:21:30',1);
INSERT INTO users VALUES(22,'same2@example.com','$2b$14$MMdgcFLFlKKqh.TNC.NSPe6kZXx4UMEaSq1T4SIPDk9DEVk7VunUG',0,'2026-11-27 23:21:32','2026-11-27 23:21:32',1);
INSERT INTO users VALUES(23,'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx@example.com','$2b$14$tqe5uI3M9/07tViZFcMCd.1i.5R9KnpAxN3cRk0iZ7s5CLW7o7O8G',1,'2026-11-27 23:21:33','2026-11-27 23:21:33',1);
INSERT INTO users VALUES(24,'ctl@example.com','$2b$14$nAhsaWF6tBXuLO8n8HvD7e3QJnnjs/IwsawJIdzn2sJgvvzbAnd2y',1,'2026-11-27 23:21:34','2026-11-27 23:21:34',1);
INSERT INTO users VALUES(25,'never@example.com','$2b$14$QSoQQkTmhjwqBUeuLP06oetdWt4St6yH.JcSCfgVDT.QOKVjfJNtW',1,'2026-11-27 23:21:35','2026-11-27 23:21:35',1);
CREATE TABLE movies (
	id INTEGER NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	date DATE NOT NULL, 
	score FLOAT NOT NULL, 
	overview TEXT NOT NULL, 
	status VARCHAR(15) NOT NULL, 
	budget DECIMAL(15, 2) NOT NULL, 
	revenue FLOAT NOT NULL, 
	country_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT unique_movie_constraint UNIQUE (name, date), 
	FOREIGN KEY(country_id) REFERENCES countries (id)
);
CREATE TABLE user_profiles (
	id INTEGER NOT NULL, 
	first_name VARCHAR(100), 
	last_name VARCHAR(100), 
	avatar VARCHAR(255), 
	gender VARCHAR(5), 
	date_of_birth DATE, 
	info TEXT, 
	user_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (user_id), 
	UNIQUE (user_id), 
	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE TABLE activation_tokens (
	id INTEGER NOT NULL, 
	token VARCHAR(64) NOT NULL, 
	expires_at DATETIME NOT NULL, 
	user_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (user_id), 
	UNIQUE (token), 
	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
INSERT INTO activation_tokens VALUES(1,'8Pyvitc1UauPwbSseQm246XAxjq0AXZyofS3-dj28PE','2026-11-28 23:21:03.809458',3);
INSERT INTO activation_tokens VALUES(2,'mENTbZrOTYlTgGcoTICCF6iowsDbkBzV1wqacuhxnlg','2026-11-28 23:21:32.363509',22);
CREATE TABLE password_reset_tokens (
	id INTEGER NOT NULL, 
	token VARCHAR(64) NOT NULL, 
	expires_at DATETIME NOT NULL, 
	user_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (user_id), 
	UNIQUE (token), 
	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
INSERT INTO password_reset_tokens VALUES(1,'_XdCD3mEv7MFFVq5uJz0tsFe6GfmyZTBY2FH4zTvgX8','2026-11-28 23:21:23.894374',14);
CREATE TABLE refresh_tokens (
	token VARCHAR(512) NOT NULL, 
	id INTEGER NOT NULL, 
	expires_at DATETIME NOT NULL, 
	user_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (token), 
	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
INSERT INTO refresh_tokens VALUES('eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoxLCJleHAiOjE3OTY0MjY0NTV9.lSw_mgU6kgsLHd_z9_a-kUazbGkPtaofbtACqatKjTg',1,'2026-12-04 23:20:55.821344',1);
INSERT INTO refresh_tokens VALUES('eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoxLCJleHAiOjE3OTY0MjY0NTd9.ulPQ_oGwWIFA3eqf0Fqpv5cshX2gVk5juoJHMdXq0CU',2,'2026-12-04 23:20:57.889192',1);
INSERT INTO refresh_tokens VALUES('eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoyLCJleHAiOjE3OTY0MjY0NjF9.mOY4pkrO7QY-FWi_NpR6gvcXWKJoOGSUdf_6hRIJsa4',3,'2026-12-04 23:21:01.513936',2);
INSERT INTO refresh_tokens VALUES('eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjo0LCJleHAiOjE3OTY0MjY0NjV9.qPR0W7L7ofT5pyDchuxqJ2l1q6eH0o2U61uBPgUu3aA',4,'2026-12-04 23:21:05.919042',4);
INSERT INTO refresh_tokens VALUES('eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjo3LCJleHAiOjE3OTY0MjY0NzF9.dtLgmqmK5xKhQdhAtuNcVR_GWAbpOZ0bniWI85R7-Ww',5,'2026-12-04 23:21:11.540110',7);
INSERT INTO refresh_tokens VALUES('eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoxMywiZXhwIjoxNzk2NDI2NDgxfQ.feLp0MwlhvcoNg-ryjjSucXRkg1Y6bPoZ3Zqbr6em8s',6,'2026-12-04 23:21:21.623059',13);
CREATE TABLE movies_genres (
	movie_id INTEGER NOT NULL, 
	genre_id INTEGER NOT NULL, 
	PRIMARY KEY (movie_id, genre_id), 
	FOREIGN KEY(movie_id) REFERENCES movies (id) ON DELETE CASCADE, 
	FOREIGN KEY(genre_id) REFERENCES genres (id) ON DELETE CASCADE
);
CREATE TABLE actors_movies (
	movie_id INTEGER NOT NULL, 
	actor_id INTEGER NOT NULL, 
	PRIMARY KEY (movie_id, actor_id), 
	FOREIGN KEY(movie_id) REFERENCES movies (id) ON DELETE CASCADE, 
	FOREIGN KEY(actor_id) REFERENCES actors (id) ON DELETE CASCADE
);
CREATE TABLE movies_languages (
	movie_id INTEGER NOT NULL, 
	language_id INTEGER NOT NULL, 
	PRIMARY KEY (movie_id, language_id), 
	FOREIGN KEY(movie_id) REFERENCES movies (id) ON DELETE CASCADE, 
	FOREIGN KEY(language_id) REFERENCES languages (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ix_users_email ON users (email);
COMMIT;
