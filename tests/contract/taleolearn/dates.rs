//! Dates of groups: with and without a zone, and those that no calendar has.

use super::samples::{Sample, admin};
use crate::database::unchanged;
use serde_json::json;
use testkit::App;
use testkit::taleolearn::{GROUPS, group};

#[test]
fn dates_are_answered_in_utc_and_without_a_zone() {
    let app = App::start();
    for (given, shown) in [
        ("2017-05-06T00:00:00", "2017-05-06T00:00:00"),
        ("2017-05-06T00:00:00Z", "2017-05-06T00:00:00"),
        ("2017-05-06T00:00:00+00:00", "2017-05-06T00:00:00"),
        ("2017-05-06T00:00:00+02:00", "2017-05-05T22:00:00"),
        ("2017-12-31T23:59:59-00:01", "2018-01-01T00:00:59"),
        ("2013-06-17T18:27:01.843", "2013-06-17T18:27:01.843"),
        ("2013-06-17T18:27:01.840", "2013-06-17T18:27:01.840"),
        ("2013-06-17T18:27:01.000", "2013-06-17T18:27:01"),
        ("2013-06-17T18:27:01.1234", "2013-06-17T18:27:01.123400"),
        ("2013-06-17T18:27:01.000001Z", "2013-06-17T18:27:01.000001"),
        ("2016-02-29T00:00:00", "2016-02-29T00:00:00"),
        ("1969-12-31T23:59:59", "1969-12-31T23:59:59"),
        ("0001-01-01T00:00:00", "0001-01-01T00:00:00"),
        ("0000-01-01T00:00:00+00:01", "0000-01-01T00:00:00"),
        ("9999-12-31T23:59:59-00:01", "9999-12-31T23:59:59.999999"),
        ("9999-12-31T23:59:59.999999", "9999-12-31T23:59:59.999999"),
    ] {
        let body = json!({"name": "N", "activeFromDate": given});
        let made = admin(&app).post(GROUPS, &body).send().expect(201);
        assert_eq!(made.text("/activeFromDate"), shown, "{given}");
        let got = admin(&app).get(&group(made.at("/id").as_i64().unwrap())).send();
        assert_eq!(got.expect(200).text("/activeFromDate"), shown);
    }
}

#[test]
fn dates_that_are_none() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let path = group(sample.group);
    unchanged(&app, || {
        for wrong in [
            json!(""),
            json!("tomorrow"),
            json!("2017-05-06"),
            json!("2017-05-06 00:00:00"),
            json!("2017-05-06t00:00:00"),
            json!("2017-05-06T00:00"),
            json!("2017-05-06T00:00:00."),
            json!("2017-05-06T00:00:00.1234567"),
            json!("2017-05-06T00:00:00,5"),
            json!("2017-05-06T00:00:00z"),
            json!("2017-05-06T00:00:00+0200"),
            json!("2017-05-06T00:00:00 Z"),
            json!("17-05-06T00:00:00"),
            json!("+2017-05-06T00:00:00"),
            json!("2017-5-6T00:00:00"),
            json!("2017-02-29T00:00:00"),
            json!("2017-02-30T00:00:00Z"),
            json!("2017-13-01T00:00:00"),
            json!("2017-00-10T00:00:00"),
            json!("2017-01-00T00:00:00"),
            json!("2017-04-31T00:00:00"),
            json!("2017-01-01T24:00:00"),
            json!("2017-01-01T00:60:00"),
            json!("2017-01-01T00:00:61"),
            json!("2017-01-01T00:00:00+24:00"),
            json!("２０１７-05-06T00:00:00"),
            json!(1_494_028_800),
            json!(true),
        ] {
            for member in ["activeFromDate", "activeUntilDate"] {
                let body = json!({"name": "N", member: wrong});
                for request in [
                    admin(&app).post(GROUPS, &body),
                    admin(&app).put(&path, &body),
                    admin(&app).patch(&path, &body),
                ] {
                    request.send().invalid(&[&format!("/{member}")]);
                }
            }
        }
        let both = json!({"name": "N", "activeFromDate": "2017-02-29T00:00:00", "activeUntilDate": "2017-02-30T00:00:00"});
        let told = admin(&app).post(GROUPS, &both).send();
        told.invalid(&["/activeFromDate", "/activeUntilDate"]);
    });
}
