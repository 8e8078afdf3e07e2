--
-- PostgreSQL database dump
--

COPY auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, confirmation_token, last_sign_in_at, raw_app_meta_data, raw_user_meta_data, is_super_admin, created_at, updated_at, phone, phone_confirmed_at, banned_until, deleted_at, is_anonymous) FROM stdin;
00000000-0000-0000-0000-000000000000	11111111-1111-4111-8111-111111111111	authenticated	authenticated	ann@example.com	$2a$05$usyJGbZ2bWMtY3TG1h3N4edUa.vKM8RYnGyt2OF1A0rW4Ox1ve4Wu	2026-01-02 10:00:00.5+00		\N	{"provider": "email"}	{"full_name": "Ann Lee", "avatar_url": "https://cdn.example.com/a.png"}	\N	2026-01-02 09:00:00+00	2026-01-03 09:00:00+00	\N	\N	\N	\N	f
00000000-0000-0000-0000-000000000000	22222222-2222-4222-8222-222222222222	authenticated	authenticated	bo@example.com	$fbscrypt$v=1,n=10,r=8,p=1,ss=Bw==,sk=pdRXtJscMFS3krS7mwS+2Sd0LIRMugCvTZiz2O02eFmTFIRsG+qyNpz38guW3KpsZC6DFKxo5LYIBu/6RGgfWA==$PHAe7DN1Wps+1PUO$E/j/8EimI6XuXlris6fMkOQOH/qIfzGrN10HWowgqIGekXOTR5Bp3SIcOrRhgt6jvEBJYthita+MmHvIvpcttQ==	\N	abc	\N	{}	{}	\N	2026-01-02 09:00:00+00	2026-01-03 09:00:00+00	\N	\N	\N	\N	f
00000000-0000-0000-0000-000000000000	33333333-3333-4333-8333-333333333333	authenticated	authenticated	cy@example.com		2026-01-02 10:00:00+00		\N	{"provider": "github"}	{}	\N	2026-01-02 09:00:00+00	2026-01-03 09:00:00+00	49123456	\N	2126-01-01 00:00:00+00	\N	f
00000000-0000-0000-0000-000000000000	44444444-4444-4444-8444-444444444444	authenticated	authenticated	\N		\N		\N	{}	{}	\N	2026-01-02 09:00:00+00	2026-01-03 09:00:00+00	49123457	2026-01-02 10:00:00+00	\N	\N	f
\.

COPY public.users (id, nickname) FROM stdin;
1	not an account
\.
