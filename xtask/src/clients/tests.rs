use super::generation::{complaint, models};
use super::generators::{Generator, Language};
use super::jobs::Case;
use super::{conclude, tell, tools};
use crate::workspace::Workspace;

fn read(path: &str) -> String {
    let here = std::env::current_dir().unwrap();
    let workspace = Workspace::around(&here).unwrap();
    workspace
        .read(path)
        .unwrap()
        .unwrap_or_else(|| panic!("{path} is missing"))
}

#[test]
fn the_guide_shows_the_commands_that_are_tried() {
    let guide = read("docs/generating-clients.md");
    for generator in Generator::ALL {
        let command = generator.command("kibo");
        assert!(guide.contains(&command), "{command}");
    }
}

/// The versions of a lock file's direct packages.
#[test]
fn the_guide_names_the_versions_that_are_pinned() {
    let guide = read("docs/generating-clients.md");
    let package: serde_json::Value = serde_json::from_str(&read("tests/clients/package.json")).unwrap();
    let node = package["devDependencies"].as_object().unwrap().iter();
    let node = node.map(|(name, version)| format!("{name}@{}", version.as_str().unwrap()));
    let python = read("tests/clients/requirements.txt");
    let python = python
        .lines()
        .filter(|line| line.starts_with("openapi-"))
        .map(str::to_owned);
    for pin in node.chain(python) {
        assert!(guide.contains(&pin), "{pin}");
    }
}

#[test]
fn versions_are_read() {
    for (said, expected) in [
        ("v20.20.2", Some([20, 20])),
        ("11.19.1\n", Some([11, 19])),
        ("Python 3.11.7", Some([3, 11])),
        ("openjdk version \"17.0.15\" 2025-04-15", Some([17, 0])),
        ("no version", None),
    ] {
        assert_eq!(tools::read(said), expected, "{said}");
    }
}

#[test]
fn the_names_of_models_are_read() {
    let typescript = "/* tslint:disable */\nexport * from './AdminGroup.js';\nexport * from './User.js';\n";
    assert_eq!(models(typescript, Language::TypeScript), ["AdminGroup", "User"]);
    let python = "\"\"\"Models\"\"\"\n\nfrom .admin_group import AdminGroup\nfrom kibo_client.models.user import User\n";
    assert_eq!(models(python, Language::Python), ["AdminGroup", "User"]);
}

#[test]
fn what_a_generator_leaves_out_is_a_complaint_unless_it_is_xml() {
    let xml = "WARNING parsing PUT /a within b.\n\nUnsupported content type application/xml\n\n{}\n";
    let other = "WARNING parsing PUT /a within b.\n\nUnsupported content type text/plain\n\n{}\n";
    assert_eq!(complaint("Generating\n"), None);
    assert_eq!(complaint(xml), None);
    assert!(
        complaint(&format!("{xml}{other}"))
            .unwrap()
            .ends_with("text/plain")
    );
}

#[test]
fn what_is_told_reads_like_cargo() {
    let cases = [
        Case::new("story::kibo::orval".to_owned(), Ok(())),
        Case::new(
            "story::kibo::hey-api".to_owned(),
            Err("no such\nmember".to_owned()),
        ),
    ];
    let mut lines = Vec::new();
    let mut hear = |line: &str| {
        lines.push(line.to_owned());
        Ok(())
    };
    tell(&cases, &mut hear).unwrap();
    assert!(!conclude(&cases, 1.5, &mut hear).unwrap());
    let expected = [
        "test story::kibo::orval ... ok",
        "test story::kibo::hey-api ... FAILED",
        "",
        "---- story::kibo::hey-api stdout ----",
        "no such",
        "member",
        "",
        "test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s",
    ];
    assert_eq!(lines, expected);
}
