//! The walk of the README.

use super::entry::{List, answers, by, not_runnable, prints, serves, writes};

pub(super) const README: List = List {
    page: "README.md",
    walked_by: Some("tests/commands/pages/walks.rs::the_readme_is_walked_from_top_to_bottom"),
    entries: &[
        not_runnable(
            "git clone <this repository> vestibule && cd vestibule",
            "The address of the repository is the reader's.",
        ),
        serves(
            "cargo run",
            &[
                "environment=\"development\"",
                "posture=\"documented\"",
                "surfaces=\"theater,contacts,admin,points,mobile\"",
                "/api/docs\"",
                "/dev/mailbox\"",
                "data_folder=\"",
            ],
        ),
        // First calls
        prints("ADA=\"ada.$(date +%s)@example.com\"", &[]),
        answers("curl -s http://127.0.0.1:8000/api/v1/accounts/register/", 201, &["\"email\":\"ada."]),
        answers("TOKEN=$(curl", 200, &[]),
        answers(
            "curl -s http://127.0.0.1:8000/api/v1/accounts/activate/",
            200,
            &["{\"message\":\"User account activated successfully.\"}"],
        ),
        answers("REFRESH=$(curl -s http://127.0.0.1:8000/api/v1/accounts/login/", 201, &[]),
        answers("curl -s http://127.0.0.1:8000/api/v1/accounts/refresh/", 200, &["{\"access_token\":\"ey"]),
        answers(
            "curl -s http://127.0.0.1:8000/api/v1/accounts/password-reset/request/",
            200,
            &["{\"message\":\"If you are registered, you will receive an email with instructions.\"}"],
        ),
        answers("TOKEN=$(curl", 200, &[]),
        answers(
            "curl -s http://127.0.0.1:8000/api/v1/accounts/reset-password/complete/",
            200,
            &["{\"message\":\"Password reset successfully.\"}"],
        ),
        answers(
            "curl -s http://127.0.0.1:8000/api/v1/accounts/refresh/",
            401,
            &["{\"detail\":\"Refresh token not found.\"}"],
        ),
        answers(
            "curl -s 'http://127.0.0.1:8000/api/v1/theater/movies/?page=1&per_page=2'",
            200,
            &["{\"movies\":[{\"id\":64,", "\"total_items\":64"],
        ),
        answers(
            "curl -s http://127.0.0.1:8000/api/v1/theater/movies/1/",
            200,
            &["{\"name\":\"Nosferatu\"", "\"id\":1,"],
        ),
        answers(
            "curl -s http://127.0.0.1:8000/api/v1/theater/movies/ -H",
            201,
            &["A Film of My Own, 1", "\"code\":\"FR\"", "Ada Lovelace"],
        ),
        writes(
            "cargo run --release -- movies generate --rows 10000 --seed 1 > movies.csv",
            "movies.csv",
            "names,date_x,score",
        ),
        prints("cargo run --release -- movies import movies.csv", &["added          10000\n"]),
        // First calls: contacts
        prints("BOB=\"bob.$(date +%s)@example.com\"", &[]),
        answers(
            "curl -s http://127.0.0.1:8000/api/auth/signup",
            201,
            &["\"username\":\"bob_b\"", "Successfully created"],
        ),
        answers("TOKEN=$(curl", 200, &[]),
        answers(
            "curl -s \"http://127.0.0.1:8000/api/email/confirm/$TOKEN\"",
            200,
            &["{\"message\":\"Email confirmed\"}"],
        ),
        answers("SESSION=$(curl -s http://127.0.0.1:8000/api/auth/login", 200, &[]),
        prints("ACCESS=$(echo \"$SESSION\"", &[]),
        prints("REFRESH=$(echo \"$SESSION\"", &[]),
        answers("CONTACT=$(curl -s http://127.0.0.1:8000/api/contacts/", 201, &[]),
        prints("echo \"$CONTACT\"", &["\"fullname\":\"Grace Hopper\""]),
        answers("curl -s http://127.0.0.1:8000/api/contacts/ -H", 200, &["[{", "Grace Hopper"]),
        answers("curl -s http://127.0.0.1:8000/api/contacts/HOPP", 200, &["Grace Hopper"]),
        answers("curl -s 'http://127.0.0.1:8000/api/contacts/bd?days_range=366'", 200, &["Grace Hopper"]),
        writes("echo R0lGODlhAQABAIAAAAAAAP", "dot.gif", "GIF89a"),
        prints("ID=$(echo \"$CONTACT\"", &[]),
        answers(
            "curl -s -X PATCH \"http://127.0.0.1:8000/api/contacts/$ID/avatar\"",
            200,
            &["\"avatar\":\"http://127.0.0.1:", "/media/contacts/"],
        ),
        answers("curl -s http://127.0.0.1:8000/api/auth/refresh_token", 200, &["\"refresh_token\":\"ey"]),
        answers(
            "curl -s http://127.0.0.1:8000/api/auth/reset_pwd -H",
            200,
            &["Check your email for new password."],
        ),
        answers("TOKEN=$(curl", 200, &[]),
        answers("curl -s http://127.0.0.1:8000/api/auth/reset_pwd/complete", 200, &["Password changed"]),
        // First calls: admin
        prints("N=$(date +%s)", &[]),
        answers(
            "curl -s http://127.0.0.1:8000/api/v1/auth/admin/signup",
            201,
            &["User account created successfully."],
        ),
        answers(
            "curl -s http://127.0.0.1:8000/api/v1/auth/signup",
            201,
            &["User account created successfully."],
        ),
        answers("ROOT=$(curl -s http://127.0.0.1:8000/api/v1/auth/login", 200, &[]),
        answers("curl -s 'http://127.0.0.1:8000/api/v1/auth/users?q=GRA'", 200, &["\"username\":\"grace"]),
        answers("ID=$(curl -s \"http://127.0.0.1:8000/api/v1/auth/users?q=grace$N\"", 200, &[]),
        answers(
            "curl -s -X PUT \"http://127.0.0.1:8000/api/v1/auth/users/$ID\"",
            200,
            &["\"username\":\"amazing"],
        ),
        answers("curl -s -X DELETE \"http://127.0.0.1:8000/api/v1/auth/users/$ID?reason=moved\"", 204, &[]),
        answers("curl -s http://127.0.0.1:8000/api/v1/trash/", 200, &["\"reason\":\"moved\""]),
        answers(
            "curl -s -X PUT \"http://127.0.0.1:8000/api/v1/trash/restore/$ID\"",
            200,
            &["\"username\":\"amazing"],
        ),
        prints(
            "cargo run -- audit list --limit 5",
            &["account_restored", "account_trashed", "account_edited"],
        ),
        // First calls: points
        prints("EVE=\"eve.$(date +%s)@example.com\"", &[]),
        answers("curl -s http://127.0.0.1:8000/api/email/send-verification-code", 200, &["{\"code\":\""]),
        answers("CODE=$(curl", 200, &[]),
        answers("curl -s http://127.0.0.1:8000/api/email/verify-code", 200, &["{\"verified\":true}"]),
        answers(
            "curl -s http://127.0.0.1:8000/api/users/ -d username=Eve",
            200,
            &["User created successfully"],
        ),
        answers("ACCESS=$(curl -s http://127.0.0.1:8000/api/users/login", 200, &[]),
        answers("curl -s -X GET http://127.0.0.1:8000/api/users -d", 200, &["\"username\":\"Eve\""]),
        answers(
            "curl -s -X PUT http://127.0.0.1:8000/api/users/points/add",
            200,
            &["50 points added to Eve"],
        ),
        answers(
            "curl -s -X PUT http://127.0.0.1:8000/api/users/points/add",
            200,
            &["50 points added to Eve"],
        ),
        answers(
            "curl -s -X PUT http://127.0.0.1:8000/api/users/points/deduct",
            200,
            &["8 points deducted from Eve"],
        ),
        answers("curl -s http://127.0.0.1:8000/api/users -H", 200, &["\"points\":42"]),
        answers("TOKEN=$(curl -s http://127.0.0.1:8000/api/users/email-exist", 200, &[]),
        answers("curl -s -X PUT http://127.0.0.1:8000/api/users/change-password", 200, &["Password changed"]),
        // First calls: mobile
        prints("N=$(date +%s)", &[]),
        prints("MOBILE=\"017${N#??}\"", &[]),
        answers(
            "curl -s http://127.0.0.1:8000/user -H 'content-type",
            200,
            &["Account created successfully!"],
        ),
        answers("CODE=$(curl", 200, &[]),
        answers("curl -s http://127.0.0.1:8000/user/activate-account/", 200, &["\"status\":true"]),
        answers("SESSION=$(curl -s http://127.0.0.1:8000/user/login", 200, &[]),
        prints("ACCESS=$(echo \"$SESSION\"", &[]),
        prints("REFRESH=$(echo \"$SESSION\"", &[]),
        answers("curl -s http://127.0.0.1:8000/user -H \"authorization", 200, &["\"username\":\"ida"]),
        answers("USERS=$(curl -s \"http://127.0.0.1:8000/user?q=IDA$N&per_page=1\"", 200, &[]),
        prints("ID=$(echo \"$USERS\"", &[]),
        answers("curl -s -X PATCH \"http://127.0.0.1:8000/user/$ID\"", 200, &["\"message\":\"Success!\""]),
        answers("curl -s http://127.0.0.1:8000/user/refresh-token/", 200, &["\"access_token\":\"ey"]),
        answers("curl -s http://127.0.0.1:8000/user/logout/", 200, &["successfully logged out"]),
        // Test, Configuration
        by("./scripts/test", ".ci/run"),
        serves(
            "VESTIBULE__SERVER__PORT=9000 VESTIBULE__DATABASE__URL=memory cargo run",
            &["database=memory", "environment=\"development\""],
        ),
        prints(
            "cargo run -- config show",
            &["posture = \"documented\"", "url = \"sqlite://data/vestibule.db?mode=rwc\""],
        ),
        prints("cargo run -- config check", &["The configuration is good."]),
    ],
};
