//! Tables as Google writes them, before and since 2024.

use super::lines;

#[test]
fn the_form_of_before_is_read() {
    let text = "Name,Given Name,Additional Name,Family Name,Name Prefix,Name Suffix,Nickname,Birthday,Gender,Notes,\
                Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,\
                Phone 1 - Type,Phone 1 - Value\n\
                Ada Example,Ada,,Example,,,,1815-12-10,,\"met\nin London\",https://example.com/ada.jpg,\
                * myContacts,Home,ada.home@example.com,* Work,ada@example.com,Mobile,+44 20 7946 0000 ::: +44 20 7946 0001\n\
                ,Bob,,Example,,,Bobby, --05-06,,,,,,,,,,\n";
    assert_eq!(
        lines(text),
        [
            "Ada Example | ada@example.com | 442079460000 | 1815-12-10 | met / in London / E-mail: \
             ada.home@example.com / Phone: +44 20 7946 0001 | https://example.com/ada.jpg",
            "Bob Example | - | - | 1604-05-06 | - | -",
        ]
    );
}

#[test]
fn the_form_of_2024_is_read() {
    let text = "\u{feff}First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Name Suffix,Nickname,File As,\
                Organization Name,Organization Title,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,\
                Phone 1 - Label,Phone 1 - Value\r\n\
                Zo\u{eb},M.,Exemple,,Dr.,,,,Acme,Boss,--02-29,,,* myContacts,*,zoe@example.com,Mobile,06 12 34 56 78\r\n\
                ,,,,,,,,Acme,,,,,,,,,\r\n";
    let text = text.trim_start_matches('\u{feff}');
    assert_eq!(
        lines(text),
        [
            "Dr. Zo\u{eb} M. Exemple | zoe@example.com | 612345678 | 1604-02-29 | - | -",
            "Acme | - | - | - | - | -",
        ]
    );
}
