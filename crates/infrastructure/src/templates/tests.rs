use proptest::prelude::*;
use vestibule_domain::messages::{Language, Mail, Message, Notice, Recipient, RequestOrigin};
use vestibule_domain::ports::MessageTemplates as _;

use super::*;

const TOKEN: &str = "kJ3-_xT0pq8Zc1vB5nM7aS9dF2gH4jK6lQwErTyUiOp";

fn activation(email: &str) -> Notice {
    let (email, token) = (email.to_owned(), TOKEN.to_owned());
    Notice::ActivateAccount { email, token, valid_minutes: 1_440, origin: Some(origin(Some("192.0.2.7"))) }
}

/// 1 February 2026, 9:05:59 in the morning.
fn origin(client_address: Option<&str>) -> RequestOrigin {
    let at = time::OffsetDateTime::from_unix_timestamp(1_769_936_759).unwrap();
    RequestOrigin::new(at, client_address.map(|address| address.parse().unwrap()))
}

fn reset(email: &str) -> Notice {
    Notice::ResetPassword {
        email: email.to_owned(),
        token: TOKEN.to_owned(),
        valid_minutes: 60,
        surface: "theater".to_owned(),
    }
}

fn changed(email: &str) -> Notice {
    Notice::PasswordChanged { email: email.to_owned() }
}

/// Until 1 February 2026, 9:05:59 in the morning.
fn deleted(email: &str, owner_may_restore: bool) -> Notice {
    let until = time::OffsetDateTime::from_unix_timestamp(1_769_936_759).unwrap();
    Notice::AccountDeleted { email: email.to_owned(), until: Some(until), owner_may_restore }
}

fn restored(email: &str) -> Notice {
    Notice::AccountRestored { email: email.to_owned() }
}

fn test(email: &str) -> Notice {
    Notice::Test { email: email.to_owned() }
}

fn code_to(to: Recipient) -> Notice {
    Notice::VerificationCode { to, code: "123456".to_owned(), valid_minutes: 10 }
}

fn coded(email: &str) -> Notice {
    code_to(Recipient::Email(email.to_owned()))
}

fn confirmation(email: &str, name: Option<&str>) -> Notice {
    Notice::ConfirmEmail {
        email: email.to_owned(),
        name: name.map(str::to_owned),
        token: TOKEN.to_owned(),
        valid_minutes: 7 * 1_440,
        origin: Some(origin(Some("2001:db8::7"))),
    }
}

fn links(public_url: &str) -> Links {
    Links::to_own_pages(public_url, "/api/email/confirm")
}

fn message(notice: &Notice, language: Language) -> Message {
    let templates = AskamaTemplates::new(links("https://vestibule.example/"), "Vestibule");
    templates.message(notice, language).unwrap().expect("somebody to tell")
}

fn mail(notice: &Notice, language: Language) -> Mail {
    let Message::Mail(mail) = message(notice, language) else { panic!("no mail") };
    mail
}

#[test]
fn the_activation_mail_in_french() {
    let mail = mail(&activation("zoé+1@exemple.fr"), Language::Fr);
    let link = format!(
        "https://vestibule.example/account/activate?email=zo%C3%A9%2B1%40exemple.fr&token={TOKEN}&lang=fr"
    );
    assert_eq!(mail.to, "zoé+1@exemple.fr");
    assert_eq!(mail.subject, "Activez votre compte");
    assert_eq!(mail.links, [link.as_str()]);
    assert_eq!(mail.code.as_deref(), Some(TOKEN));
    let expected = format!(
        "Bonjour,\n\n\
         Un compte Vestibule a été demandé pour l’adresse zoé+1@exemple.fr. La demande a été faite le 1er février \
         2026 à 09:05 UTC depuis l’adresse 192.0.2.7. Il ne reste plus qu’à l’activer. Ne continuez que si elle \
         vient de vous\u{a0}: le compte aura le mot de passe choisi à ce moment-là.\n\n\
         Pour l’activer, ouvrez cette page\u{a0}:\n{link}\n\n\
         Si une application vous demande un code, donnez-lui celui-ci\u{a0}:\n{TOKEN}\n\n\
         Le lien et le code ne servent qu’une fois et sont valables 24\u{a0}heures.\n\n\
         Si vous n’avez pas demandé de compte, ignorez ce message\u{a0}: sans activation, il reste inutilisable.\n\n\
         -- \nVestibule\nCe message est automatique. Les réponses ne sont pas lues."
    );
    assert_eq!(mail.text, expected);
}

#[test]
fn the_confirmation_mail_in_english() {
    let mail = mail(&confirmation("bob@example.org", Some("Bob\n the 2nd")), Language::En);
    let link = format!("https://vestibule.example/api/email/confirm/{TOKEN}");
    assert_eq!(mail.subject, "Confirm your e-mail address");
    assert_eq!(mail.links, [link.as_str()]);
    assert_eq!(mail.code.as_deref(), Some(TOKEN));
    let expected = format!(
        "Hello,\n\n\
         The account “Bob  the 2nd” at Vestibule was requested for the address bob@example.org. The request came \
         on 1 February 2026 at 09:05 UTC from the address 2001:db8::7. Confirm the address, and it can be used. \
         Go on only if that was you: the account gets the password that was chosen then.\n\n\
         To confirm it, open this page:\n{link}\n\n\
         If an app asks you for a code, give it this one:\n{TOKEN}\n\n\
         The link is valid for 7 days.\n\n\
         If you did not request an account, ignore this message: until the address is confirmed it cannot be \
         used.\n\n\
         -- \nVestibule\nThis is an automatic message. Replies are not read."
    );
    assert_eq!(mail.text, expected);
}

#[test]
fn of_a_registration_it_is_told_what_is_known() {
    let told = |origin, language| {
        let (email, token) = ("bob@example.org".to_owned(), TOKEN.to_owned());
        mail(&Notice::ActivateAccount { email, token, valid_minutes: 60, origin }, language).text
    };
    let nowhere = Some(origin(None));
    let text = told(nowhere, Language::En);
    assert!(text.contains("came on 1 February 2026 at 09:05 UTC from an unknown address."), "{text}");
    let text = told(nowhere, Language::Fr);
    assert!(text.contains("le 1er février 2026 à 09:05 UTC depuis une adresse inconnue."), "{text}");
    for (language, told_of) in [(Language::En, "The request"), (Language::Fr, "La demande")] {
        assert!(!told(None, language).contains(told_of));
    }
}

#[test]
fn a_notice_that_was_queued_before_its_origin_was_told_is_still_said() {
    let email = r#""email":"bob@example.org","token":"x","valid_minutes":9"#;
    for kind in [r#""activate_account""#, r#""confirm_email","name":null"#] {
        let notice: Notice = serde_json::from_str(&format!(r#"{{"kind":{kind},{email}}}"#)).unwrap();
        let mail = mail(&notice, Language::En);
        assert!(!mail.text.contains("The request came"), "{}", mail.text);
    }
}

#[test]
fn the_reset_mail_in_english() {
    let mail = mail(&reset("bob@example.org"), Language::En);
    let link = format!(
        "https://vestibule.example/account/reset-password?surface=theater&email=bob%40example.org&token={TOKEN}&lang=en"
    );
    assert_eq!(mail.subject, "Reset your password");
    assert_eq!(mail.links, [link.as_str()]);
    assert_eq!(mail.code.as_deref(), Some(TOKEN));
    let expected = format!(
        "Hello,\n\n\
         A new password was requested for the account of bob@example.org at Vestibule.\n\n\
         To choose one, open this page:\n{link}\n\n\
         If an app asks you for a code, give it this one:\n{TOKEN}\n\n\
         The link and the code work once and are valid for 1 hour.\n\n\
         If you did not request this, ignore this message: your password stays as it is. Never give the link \
         or the code to anybody.\n\n\
         -- \nVestibule\nThis is an automatic message. Replies are not read."
    );
    assert_eq!(mail.text, expected);
}

#[test]
fn the_mail_about_a_changed_password_leads_nowhere() {
    for language in [Language::Fr, Language::En] {
        let mail = mail(&changed("bob@example.org"), language);
        assert!(mail.links.is_empty() && mail.code.is_none());
        assert!(!mail.html.contains("<a ") && !mail.text.contains("http"));
    }
    let mail = mail(&changed("bob@example.org"), Language::En);
    let expected = "Hello,\n\n\
         The password of the account of bob@example.org at Vestibule has just been changed. If that was you, \
         there is nothing else to do.\n\n\
         If it was not you, request a new password at once from the sign-in page, and make sure that nobody \
         else can read your e-mail.\n\n\
         -- \nVestibule\nThis is an automatic message. Replies are not read.";
    assert_eq!(mail.text, expected);
}

#[test]
fn the_mail_with_a_code_leads_nowhere() {
    let mail = mail(&coded("bob@example.org"), Language::En);
    assert_eq!((mail.links.len(), mail.code.as_deref()), (0, Some("123456")));
    let expected = "Hello,\n\n\
         A code was requested at Vestibule, to prove that bob@example.org is your address.\n\n\
         This is the code:\n123456\n\n\
         It works once and is valid for 10 minutes.\n\n\
         If you did not request it, ignore this message. Never give the code to anybody.\n\n\
         -- \nVestibule\nThis is an automatic message. Replies are not read.";
    assert_eq!(mail.text, expected);
    assert!(!mail.html.contains("<a ") && mail.html.contains("123456"));
}

#[test]
fn an_sms_fits_into_one_segment() {
    // GSM 03.38, less what the texts do not use: any other letter halves what fits.
    let is_gsm = |letter: char| letter.is_ascii_alphanumeric() || " .,:'@+-àéèù".contains(letter);
    let texts = [
        (
            Language::En,
            "Vestibule: your code is 123456. It is valid for 10 minutes. Never give it to anybody.",
        ),
        (
            Language::Fr,
            "Vestibule : votre code est 123456. Il est valable 10 minutes. Ne le donnez à personne.",
        ),
    ];
    for (language, text) in texts {
        let message = message(&code_to(Recipient::Mobile("+33612345678".to_owned())), language);
        let Message::Sms(sms) = message else { panic!("no SMS") };
        assert_eq!((sms.to.as_str(), sms.code.as_deref()), ("+33612345678", Some("123456")));
        assert_eq!(sms.text, text);
        assert!(sms.text.chars().count() <= 160 && sms.text.chars().all(is_gsm), "{text}");
    }
}

#[test]
fn a_test_message_leads_nowhere_and_asks_for_nothing() {
    for language in [Language::Fr, Language::En] {
        let mail = mail(&test("bob@example.org"), language);
        assert!(mail.links.is_empty() && mail.code.is_none());
        assert!(!mail.html.contains("<a ") && !mail.text.contains("http"));
    }
    let mail = mail(&test("bob@example.org"), Language::En);
    let expected = "Hello,\n\n\
         An administrator of Vestibule has sent this message to bob@example.org, to see whether mail arrives. It \
         does.\n\n\
         There is nothing to do.\n\n\
         -- \nVestibule\nThis is an automatic message. Replies are not read.";
    assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("A test message", expected));
}

#[test]
fn the_mail_about_a_deletion_leads_the_owner_to_the_sign_in() {
    let mail = mail(&deleted("bob@example.org", true), Language::En);
    assert_eq!(mail.subject, "Your account was deleted");
    assert_eq!((mail.links.concat().as_str(), mail.code), ("https://vestibule.example/account/login", None));
    let expected = "Hello,\n\n\
         The account of bob@example.org at Vestibule has just been deleted at the account pages, and all its \
         sessions have ended. If that was you, there is nothing else to do. Until 1 February 2026 at 09:05 UTC, you \
         can bring it back with all that belongs to it: sign in at the account pages with your password. Then it is \
         removed for good.\n\n\
         To bring it back, sign in at this page:\nhttps://vestibule.example/account/login\n\n\
         If it was not you, bring the account back at once and change its password, and make sure that nobody else \
         can read your e-mail. If your password does not work any more, ask an administrator.\n\n\
         -- \nVestibule\nThis is an automatic message. Replies are not read.";
    assert_eq!(mail.text, expected);
}

#[test]
fn the_mail_about_a_deletion_in_french() {
    let mail = mail(&deleted("bob@example.org", true), Language::Fr);
    assert_eq!(mail.subject, "Votre compte a été supprimé");
    let expected = "Bonjour,\n\n\
         Le compte Vestibule de bob@example.org vient d’être supprimé depuis les pages du compte, et toutes ses \
         sessions sont closes. Si c’est vous qui l’avez fait, vous n’avez rien d’autre à faire. Jusqu’au 1er février \
         2026 à 09:05 UTC, vous pouvez le récupérer avec tout ce qui lui appartient\u{a0}: connectez-vous aux pages du \
         compte avec votre mot de passe. Ensuite il sera supprimé définitivement.\n\n\
         Pour le récupérer, connectez-vous sur cette page\u{a0}:\nhttps://vestibule.example/account/login\n\n\
         Si ce n’est pas vous, récupérez tout de suite le compte et changez son mot de passe, et vérifiez que personne \
         d’autre ne peut lire vos e-mails. Si votre mot de passe ne fonctionne plus, adressez-vous à un \
         administrateur.\n\n\
         -- \nVestibule\nCe message est automatique. Les réponses ne sont pas lues.";
    assert_eq!(mail.text, expected);
}

#[test]
fn who_does_not_come_back_alone_is_led_nowhere_and_no_day_is_made_up() {
    for (language, by_another, at_any_time) in [
        (Language::En, ", an administrator can bring it back", " At any time you can bring it back with"),
        (
            Language::Fr,
            ", un administrateur peut le récupérer",
            " À tout moment, vous pouvez le récupérer avec",
        ),
    ] {
        let of_staff = mail(&deleted("bob@example.org", false), language);
        assert!(of_staff.text.contains(by_another), "{}", of_staff.text);
        assert!(of_staff.links.is_empty() && !of_staff.text.contains("http"), "{}", of_staff.text);
        assert!(!of_staff.html.contains("<a "), "{}", of_staff.html);
        let (email, until) = ("bob@example.org".to_owned(), None);
        let kept = mail(&Notice::AccountDeleted { email, until, owner_may_restore: true }, language).text;
        assert!(kept.contains(at_any_time) && !kept.contains("UTC"), "{kept}");
    }
}

#[test]
fn the_mail_about_an_account_that_is_back_leads_nowhere() {
    for language in [Language::Fr, Language::En] {
        let mail = mail(&restored("bob@example.org"), language);
        assert!(mail.links.is_empty() && mail.code.is_none());
        assert!(!mail.html.contains("<a ") && !mail.text.contains("http"));
    }
    let mail = mail(&restored("bob@example.org"), Language::En);
    let expected = "Hello,\n\n\
         The account of bob@example.org at Vestibule, which was deleted, has just been brought back at the account \
         pages with its password. If that was you, there is nothing else to do.\n\n\
         If it was not you, somebody knows your password: request a new one at once from the sign-in page, and make \
         sure that nobody else can read your e-mail.\n\n\
         -- \nVestibule\nThis is an automatic message. Replies are not read.";
    assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("Your account is back", expected));
}

#[test]
fn nobody_is_told_nothing() {
    let templates = AskamaTemplates::new(links("https://vestibule.example"), "Vestibule");
    assert_eq!(templates.message(&Notice::Nobody, Language::Fr).unwrap(), None);
}

#[test]
fn both_parts_say_the_same() {
    for language in [Language::Fr, Language::En] {
        let bob = "bob@example.org";
        let named = confirmation(bob, Some("Bob"));
        let unnamed = confirmation(bob, None);
        let of_deletions = [deleted(bob, true), deleted(bob, false), restored(bob)];
        let others = [activation(bob), named, unnamed, reset(bob), changed(bob), coded(bob), test(bob)];
        for notice in others.into_iter().chain(of_deletions) {
            let mail = mail(&notice, language);
            assert!(mail.html.contains(&format!("<html lang=\"{}\">", language.tag())));
            assert!(mail.html.contains(&format!("<title>{}</title>", mail.subject)));
            let html = mail.html.replace("&#38;", "&");
            // What leads to the link is a button in the one part and a sentence in the other.
            for line in
                mail.text.lines().filter(|line| !line.is_empty() && !line.ends_with(':') && *line != "-- ")
            {
                assert!(html.contains(line), "{line}");
            }
        }
    }
}

#[test]
fn the_html_part_needs_nothing_from_elsewhere() {
    let html = mail(&activation("bob@example.org"), Language::En).html;
    for foreign in ["src=", "<link", "<script", "<style", "@import", "url(", "<img", "http://"] {
        assert!(!html.contains(foreign), "{foreign}");
    }
    assert_eq!(html.matches("https://").count(), 3, "the link, twice followed and once shown");
    assert!(html.contains(r#"<meta name="color-scheme" content="light dark">"#));
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "\"><script>alert(1)</script>&lang=xx#'@evil.example";
    let mail = mail(&activation(hostile), Language::En);
    assert!(!mail.html.contains("<script"));
    assert!(mail.html.contains("&#60;script&#62;"));
    assert_eq!(mail.links[0].matches('&').count(), 2);
    assert!(!mail.links[0].contains(['<', '"', '\'', '#']));
    let product = AskamaTemplates::new(links("https://vestibule.example"), "<b>&\nBcc: eve@evil.example");
    let message = product.message(&activation("bob@example.org"), Language::En).unwrap();
    let Some(Message::Mail(mail)) = message else { panic!("no mail") };
    assert!(mail.html.contains("&#60;b&#62;&#38; Bcc:") && !mail.html.contains("<b>"));
}

proptest! {
    #[test]
    fn no_address_makes_a_line_a_tag_or_a_parameter_of_its_own(email in any::<String>(), surface in any::<String>()) {
        let named = confirmation("bob@example.org", Some("Bob"));
        let bob = "bob@example.org";
        let harmless =
            [activation(bob), named, reset(bob), changed(bob), deleted(bob, true), restored(bob)];
        let notice = Notice::ResetPassword {
            email: email.clone(), token: TOKEN.to_owned(), valid_minutes: 60, surface,
        };
        let confirmation = confirmation(&email, Some(&email));
        let about_it = [changed(&email), deleted(&email, true), restored(&email)];
        let notices = [activation(&email), confirmation, notice].into_iter().chain(about_it);
        for (notice, harmless) in notices.zip(&harmless) {
            let (mail, harmless) = (mail(&notice, Language::Fr), mail(harmless, Language::Fr));
            prop_assert_eq!(mail.subject, harmless.subject);
            prop_assert_eq!(mail.text.lines().count(), harmless.text.lines().count());
            for mark in ['<', '>', '"'] {
                prop_assert_eq!(mail.html.matches(mark).count(), harmless.html.matches(mark).count());
            }
            for (link, harmless) in mail.links.iter().zip(&harmless.links) {
                prop_assert!(link.bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert_eq!(link.matches(['&', '=', '?', '#', '/']).count(), harmless.matches(['&', '=', '?', '#', '/']).count());
            }
        }
    }
}
