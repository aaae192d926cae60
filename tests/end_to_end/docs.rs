//! The documentation for pipelines stays valid: its files are imported, its commands exist and do what it says.

use crate::Place;
use std::path::Path;
use std::process::Command;
use testkit::kibo::{Client, group};
use testkit::{Process, http, process};

const PAGES: [&str; 2] = ["contract-testing.md", "archive.md"];

/// The blocks of one language on a page.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs")).join(page);
    let text = std::fs::read_to_string(path).unwrap();
    let fence = format!("```{language}\n");
    let starts = text.split(&fence).skip(1);
    starts
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

/// The seeds that the pages show.
fn seeds() -> Vec<String> {
    let shell = blocks("contract-testing.md", "sh");
    let here = shell.iter().filter_map(|block| {
        let (_, rest) = block.split_once("<<'JSON'\n")?;
        Some(rest.split("\nJSON\n").next()?.to_owned())
    });
    here.chain(blocks("archive.md", "json")).collect()
}

#[test]
fn the_seeds_can_be_imported() {
    let seeds = seeds();
    assert_eq!(seeds.len(), 2, "each page shows one");
    for seed in seeds {
        let place = Place::new();
        let file = place.path().join("seed.json");
        std::fs::write(&file, seed).unwrap();
        process::succeed(&["import", file.to_str().unwrap(), "--database", &place.url()]);
    }
}

#[test]
fn the_shell_reads_every_block() {
    for block in PAGES.iter().flat_map(|page| blocks(page, "sh")) {
        let read = Command::new("sh").args(["-n", "-c", &block]).output().unwrap();
        assert!(
            read.status.success(),
            "{block}\n{}",
            String::from_utf8_lossy(&read.stderr)
        );
    }
}

/// The arguments of the lines that start a server.
fn starts() -> Vec<Vec<String>> {
    let text = blocks("contract-testing.md", "sh").concat();
    let lines = text.lines().filter(|line| line.starts_with("roster "));
    lines
        .map(|line| {
            let command = line.split(" > ").next().unwrap();
            command.split(' ').skip(1).map(str::to_owned).collect()
        })
        .collect()
}

#[test]
fn the_servers_start_and_are_reset() {
    let place = Place::new();
    std::fs::write(place.path().join("seed.json"), &seeds()[0]).unwrap();
    let starts = starts();
    assert_eq!(starts.len(), 2);
    for mut arguments in starts {
        // The helper has a free port and a ready file of its own.
        for own in ["--listen", "--ready-file"] {
            if let Some(at) = arguments.iter().position(|argument| argument == own) {
                arguments.drain(at..at + 2);
            }
        }
        let is_seeded = arguments.iter().any(|argument| argument == "--seed");
        let server = Process::spawn(process::command(&arguments).current_dir(place.path()));
        let text = blocks("contract-testing.md", "sh").concat();
        let path = "/_test/reset";
        assert!(
            text.contains(&format!("-X POST http://127.0.0.1:8080{path}")),
            "{text}"
        );
        assert_eq!(
            http::send(server.url(), "POST", path, &[], None).unwrap().status,
            204
        );
        if is_seeded {
            let client = Client::connect(server.url(), "pipeline", "not-a-secret-for-tests-only");
            client.get(&group("staff")).send().expect(200);
        }
    }
}
