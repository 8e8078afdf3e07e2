PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE users (
	id VARCHAR(37) NOT NULL, 
	username VARCHAR(55), 
	email VARCHAR(55), 
	password_hash VARCHAR(255), 
	phone_number VARCHAR(255), 
	points NUMERIC(2), 
	date VARCHAR(55), 
	time VARCHAR(55), 
	PRIMARY KEY (id), 
	UNIQUE (email)
);
INSERT INTO users VALUES('06f56696-318f-492c-a8db-76bd348f196a','Ana Castel','ana.castel@example.com','$5$rounds=535000$108/AalbzfcQjg7S$xXV4XLUnz2Vipt8cbA4SIS0ZAjsjnVBY0bmS3eDwe8.','0102030405',42,'2026-11-27','23:20:07.995117');
INSERT INTO users VALUES('b52a5745-42d2-4be0-9c2d-1f1d2fa0f198','Ana Castel','Ana.Castel@Example.com','$5$rounds=535000$2FSGO9i3RYNjuHtD$N.68rUVNUjnrjchzmszeWD4b2/ARmGkhuBa2NCMAWT4','0102030405',12,'2026-11-27','23:20:07.995117');
INSERT INTO users VALUES('8063faf4-9ca8-4fa0-9435-c02b3a1fd495','Bruno Ferrand','Bruno.FERRAND@Example.COM','$5$rounds=535000$C1XwO74FPopCY5kK$vpqVG6LjrUQVC6Eh3xU/9jj7I3HrTYD0Pm4eEmZKDe.','+33 (0)1 02 03 04 05',0,'2026-11-27','23:20:07.995117');
INSERT INTO users VALUES('3282dd33-92e5-4765-87da-622c49b7a8e9','Zoé Lindqvist 李','zoe.lindqvist@example.com','$5$rounds=535000$Oa.7ei7L51QgWxtB$5ZZiT1iJLmIJTzZLipMBvjmZMRPTvDch8JaQhS.pJs/','٠١٢٣٤٥',0,'2026-11-27','23:20:07.995117');
INSERT INTO users VALUES('0a2beca6-80ed-4b06-82d5-9206694486c8','Noor 😀 Haddad','noor@example.com','$5$rounds=535000$fR2JTbDsVFldFCx5$t3P1HE61MGpV5CM3DxVOBEefsApqWwrvr5TxZvNmHg3','0611111111',0,'2026-11-27','23:20:07.995117');
INSERT INTO users VALUES('312b3651-e074-4a68-8e80-8d5d0a5a3e80','Long One','long.one@example.com','$5$rounds=535000$oN5wCV98ptTLhIoG$ySKshg4w2IWIeRtF2cBO3rpUYMpaa0jMDydQWi268H6','1',0,'2026-11-27','23:20:07.995117');
INSERT INTO users VALUES('d2700e3c-9a6d-4d8d-b8e4-4c5a5f6e47e6','Long Two','long.two@example.com','$5$rounds=535000$M5mpUMAKesgdmCs7$62qgjvxJrzbTeU43FIw9FLPUHeQaIXS1t6UveH7u6R5','2',0,'2026-11-27','23:20:07.995117');
INSERT INTO users VALUES('d1d1d91f-9d6c-4b74-a7ee-2d644dfd2f53','Carla Ostrom ','carla@example.com','$5$rounds=535000$nw.jDxWUeapmnkj9$KZLR.VG3CTxiOXh1OkfVPmQHxg72jSak011oxuD1J77','0622222222 ',0,'2026-11-27','23:20:07.995117');
INSERT INTO users VALUES('17561643-1277-42fc-b1e4-13fe883c1764','	Dimitri Vole','dimitri@example.com','$5$rounds=535000$ZXeR2wjQtxcLu5Ox$BJHdyVTrua6QO9sSWZ0WSchC4Dv0Z9pRKBD1gH/NMA5','0633333333',0,'2026-11-27','23:20:07.995117');
INSERT INTO users VALUES('3b09b97f-d25f-42e2-b764-909aafb9fc19','   ','blank.name@example.com','$5$rounds=535000$8Xa0cc4rHCoNvveQ$Ro4HoKjztYVAdbwW5sRlEJOU0ted0sfM9e4yi6rT3d5',' ',0,'2026-11-27','23:20:07.995117');
INSERT INTO users VALUES('f0836397-0cdb-4efb-a2ea-64d4d056cd40','Elin Marsh','elin+shop@example.com','$5$rounds=535000$JFKEuBd5DEnEPjFf$/t.huOqTmiuJYPBim7ARp4iVO/9eQwu6yOYQdr9lW9B','0644444444',0,'2026-11-27','23:20:07.995117');
INSERT INTO users VALUES('784c3d7d-e0fc-4642-9d1c-85c01b0c15e1','Farid Osei','farid%team_1@example.com','$5$rounds=535000$qitkmHyMDvkX5uan$r/Ms4Bay3kSblR0QwF7oKrvgwTh3iOLXwP5VKumCJV2','0655555555',0,'2026-11-27','23:20:07.995117');
INSERT INTO users VALUES('42d72eed-fe5a-4d74-93c9-85fcecdbdbb1','Dora Quill',replace('dora.quill@example.com\n','\n',char(10)),'$5$rounds=535000$26XUfQAlmGMrHTwH$jVpsCtTmLeb0L7CD1j.vuUQcbAfTTkAxFUauBNB3Kq6','0666666666',0,'2026-11-27','23:20:13.574686');
INSERT INTO users VALUES('f45e9fcd-b726-4907-b943-5a518ac72c6f','Gwen Abara','gwen.abara.with.a.very.long.local.part.that.passes.the.column.size@example.com','$5$rounds=535000$.CuSVacfuBmRvBwk$aLGQBgmJdEFptpVyDQdlfDqfPHTsDqNs8UtB5UyHwm5','0677777777',0,'2026-11-27','23:20:13.574686');
INSERT INTO users VALUES('0b35bec4-f0a7-4e03-b879-6b3d4729603f','nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn','long.name@example.com','$5$rounds=535000$SzJ.RqmyLmO8cuzX$DhDKs2CtDqmuHGYd2zygceAqZPBtyiD0qIGp/neLyE4','555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555',0,'2026-11-27','23:20:13.574686');
INSERT INTO users VALUES('49463aae-61ce-4fb3-8539-b446d92ff245','Hana Weiss','hana@example.com','$5$rounds=535000$w9J86uUoRB84skgK$iOtT6BnU3z5eGt.vRrFpeG0mIbC2NTKZH6YbwkkhT/D','0688888888',0,'2026-11-27','23:20:13.574686');
INSERT INTO users VALUES('47a34cf2-ad11-4066-99a1-2064c79c70dc','Ivo Brandt','ivo@example.com','$5$rounds=535000$pfJncPsnZ1tRGFdU$rKCq4YlvM3w8TtWc.cA3lqBqXOoz5UlCMnRdAXy4644','0699999999',2147483648,'2026-11-27','23:20:13.574686');
INSERT INTO users VALUES('5537d177-43ca-45c0-a265-167fc2f1ba14','Jun Park','jun@example.com','$5$rounds=535000$jxMEz6aJ4VkpdF.x$xhOZdJAodppOifMflBDdQKenDFdy1fT55mYRJ7eS0.3','0610101010',9007199254740992,'2026-11-27','23:20:13.574686');
INSERT INTO users VALUES('0340ddb4-393c-47a9-a8e0-62c16e06d8bc','Kira Olsen','kira@example.com','$5$rounds=535000$ZTmM0vSebHwDthWA$V31RS6Uf6xT2Z71fL3Da7H3l89sgy17twQaS.Xl19cC','0612121212',1.0e+20,'2026-11-27','23:20:13.574686');
INSERT INTO users VALUES('d1898705-529b-4f03-9d26-3999bb3e23c9',replace('Fogg, "Phil"\nJr','\n',char(10)),'phil.fogg@example.com','$5$rounds=535000$UxYZZP5924m7rmqC$fV6vq/qCasUgTkTjmqiKXYTFqSBrPYv0bjmhm2E34j4','06,13',0,'2026-11-27','23:20:13.574686');
INSERT INTO users VALUES('1f9f6e36-dbca-4a06-af51-f08fe86683fd','=1+1<b>Lia</b>','lia@example.com','$5$rounds=535000$Lpr0dhQTAZpg1ztT$wdsp51faVKV0kG/JLDRS9v2CyLcTzTl7iypY4zx7EY5','0614141414',0,'2026-11-27','23:20:13.574686');
INSERT INTO users VALUES('4be08c4a-f8d9-40ab-a3d9-b3feef9a4b11','Mona Faye','mona@example.com','$5$rounds=535000$EJoT8ccN0sLUZe/e$wBX4SizHOsc2jEEqLn4/3jT.d7JJHvL/mjmDkIRk7T1','0615151515',5,'2026-11-27','23:20:13.574686');
INSERT INTO users VALUES('bb54bd86-512a-4f6c-a736-2f303ce8835a','Cafe Composed','nfc@example.com','$5$rounds=535000$hPQmTT4jlq6Xemt/$sshGa4AbMyuYAyk7c1hDIIwpfeJiCQSoqNYW4JUzfR0','0616161616',0,'2026-11-27','23:20:13.574686');
INSERT INTO users VALUES('55e7ca50-c29e-46de-a06d-b18914943b75','Cafe Decomposed','nfd@example.com','$5$rounds=535000$hJkn.21yQA6Dl3o6$z.To2wteZ20FlRO4EkmZ0PxbpTEAMwZzf.OfbVAAlP6','0617171717',0,'2026-11-27','23:20:13.574686');
INSERT INTO users VALUES('df606e3a-46cd-46c0-861f-b75962568d9d','Omar Reyes','o_reyes-1@mail.example.com','$5$rounds=535000$sfwjYUVJPkG8.BpQ$K.fuZSRUOeBMLejI8M1vA1lMZx78A2Mq4px4Mfe.loA','0618181818',0,'2026-11-27','23:20:13.574686');
COMMIT;
