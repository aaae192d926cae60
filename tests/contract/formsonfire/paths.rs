//! Paths and verbs: any letter case, one slash at the end, 405 for what there is not; ids in their spellings.

use super::samples::{Sample, admin, dashed, reader};
use serde_json::json;
use testkit::App;
use testkit::formsonfire::{Format, GROUP, GROUPS, USER};

#[test]
fn paths_in_any_letter_case() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    for format in Format::ALL {
        for path in ["/api/v2/usergroup/", "/API/V2/UserGroup", "/Api/v2/userGROUP/"] {
            reader(&app, format)
                .get(path)
                .query("ID", &sample.group)
                .send()
                .expect(200);
        }
        reader(&app, format)
            .get("/api/v2/UserGroup/Search/")
            .send()
            .expect(200)
            .in_format(format);
    }
}

#[test]
fn paths_and_verbs_that_there_are_not() {
    let app = App::start();
    Sample::prepare(&app);
    for format in Format::ALL {
        let client = admin(&app, format);
        for path in [
            "/api/v2",
            "/api/v2/",
            "/api/v2/nothing",
            "/API/v2/nothing",
            "/api/v2/usergroup/1",
            "/api/v2/usergroup//",
            "/api/v2/platform/adminuser/groups",
            "/api/v2/%75sergroups",
        ] {
            for verb in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
                let answer = client.bare(verb, path).send().in_format(format);
                answer.refused(405, "MethodNotAllowed");
                assert_eq!(answer.reply.header("allow").as_deref(), Some(""), "{verb} {path}");
            }
        }
        for (path, allow) in [
            (GROUP, "DELETE, GET, POST, PUT"),
            (USER, "DELETE, GET, POST, PUT"),
            (GROUPS, "GET"),
        ] {
            for verb in ["PATCH", "OPTIONS"] {
                let answer = client.bare(verb, path).send().in_format(format);
                answer.refused(405, "MethodNotAllowed");
                assert_eq!(answer.reply.header("allow").as_deref(), Some(allow));
            }
            client.bare("HEAD", path).send().expect(405);
        }
        let json = client
            .bare("PATCH", "/api/v2/nothing")
            .query("format", "json")
            .send();
        json.in_format(Format::Json).refused(405, "MethodNotAllowed");
    }
}

#[test]
fn ids_in_every_spelling() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let id = sample.group.as_str();
    let dashes = dashed(id);
    for format in Format::ALL {
        let client = admin(&app, format);
        for spelled in [
            id.to_owned(),
            id.to_uppercase(),
            dashes.clone(),
            dashes.to_uppercase(),
        ] {
            let answer = client.get(GROUP).query("Id", &spelled).send().expect(200);
            assert_eq!(answer.at("/UserGroup/Id"), id, "answers have one spelling");
            let body = json!({"Id": spelled, "Name": "Staff"});
            assert_eq!(
                client.put(GROUP, &body).send().expect(200).at("/UserGroup/Id"),
                id
            );
        }
        for wrong in [
            "",
            "1",
            &id[1..],
            &format!("{id}0"),
            &format!("{{{dashes}}}"),
            &format!("urn:uuid:{dashes}"),
            &dashes[..35],
            &dashes.replacen('-', "0", 1),
            &format!("{}-{}", &id[..4], &id[4..]),
            &id.replace('0', "g"),
            &format!(" {id}"),
        ] {
            client
                .get(GROUP)
                .query("Id", wrong)
                .send()
                .invalid(&[("Id", "RegularExpression")]);
            let body = json!({"Id": wrong, "Name": "never"});
            client
                .put(GROUP, &body)
                .send()
                .invalid(&[("Id", "RegularExpression")]);
            client
                .delete(GROUP)
                .query("Id", wrong)
                .send()
                .invalid(&[("Id", "RegularExpression")]);
        }
        let twice = client.get(GROUP).query("Id", id).query("id", id).send();
        twice.invalid(&[("Id", "Duplicate")]);
    }
}

/// `format`, else `Accept`, else the request's media type, else XML; and caches are told.
#[test]
fn the_format_of_an_answer() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let get = |accept: Option<&str>| {
        let request = admin(&app, Format::Xml)
            .get(GROUP)
            .query("Id", &sample.group)
            .without("Accept");
        accept
            .into_iter()
            .fold(request, |request, accept| request.header("Accept", accept))
    };
    for (accept, format) in [
        (None, Format::Xml),
        (Some("*/*"), Format::Xml),
        (Some("text/xml"), Format::Xml),
        (Some("application/json"), Format::Json),
        (Some("application/xml;q=0.5, application/json"), Format::Json),
        (Some("text/html, application/*;q=0.1"), Format::Xml),
    ] {
        let answer = get(accept).send().expect(200).in_format(format);
        assert_eq!(
            answer.reply.header("vary").as_deref(),
            Some("Accept, Content-Type")
        );
    }
    get(Some("application/json"))
        .query("Format", "XML")
        .send()
        .expect(200)
        .in_format(Format::Xml);
    let wrong = get(Some("application/json")).query("format", "yaml").send();
    wrong.in_format(Format::Json).invalid(&[("format", "Enum")]);
    for format in Format::ALL {
        let post = sample
            .request(&admin(&app, format), "createUserGroup")
            .without("Accept");
        post.send().expect(200).in_format(format);
        post.query("format", "json")
            .send()
            .expect(200)
            .in_format(Format::Json);
    }
}
