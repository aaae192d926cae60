//! Rules about documents and what is made of them.

use super::{Entry, entry};

const READING: &str = "Reading documents";
const LINT: &str = "Step lint";
const GENERATED: &str = "Step generated";
const BREAKING: &str = "Step breaking";

pub static ENTRIES: &[Entry] = &[
    entry(
        READING,
        "unreadable",
        "The file cannot be read.",
        "a file without the right to read it",
    ),
    entry(
        READING,
        "not-utf-8",
        "The file is not UTF-8.",
        "a title in Latin-1",
    ),
    entry(
        READING,
        "yaml",
        "The file is no YAML document of one mapping, or is nested too deeply.",
        "`paths: [`",
    ),
    entry(
        READING,
        "duplicate-key",
        "A mapping has a key twice; `404` and `'404'` are the same.",
        "`a: 1, a: 2`",
    ),
    entry(
        LINT,
        "missing-member",
        "A member that the specification demands is missing.",
        "`info` without `version`",
    ),
    entry(
        LINT,
        "wrong-type",
        "A value is of another kind than the specification demands.",
        "`required: yes please`",
    ),
    entry(
        LINT,
        "unknown-keyword",
        "The specification has no such member here, or it is none of our extensions.",
        "`maxLenght: 5`",
    ),
    entry(
        LINT,
        "unsupported",
        "The specification has it, but the generator does not know it.",
        "`anyOf: [...]`",
    ),
    entry(
        LINT,
        "dangling-ref",
        "A reference leads nowhere, out of the document, or to something of another kind.",
        "`$ref: '#/components/schemas/Nobody'`",
    ),
    entry(
        LINT,
        "circular-ref",
        "A reference leads back to itself.",
        "`A: {$ref: '#/components/responses/A'}`",
    ),
    entry(
        LINT,
        "unquoted-version",
        "`info.version` must be in quotes, or YAML reads a number.",
        "`version: 1.0`",
    ),
    entry(LINT, "path", "A path does not start with `/`.", "`groups/{id}:`"),
    entry(
        LINT,
        "trailing-slash",
        "Paths are listed without a trailing slash.",
        "`/groups/:`",
    ),
    entry(
        LINT,
        "ambiguous-path",
        "Some requests match two templates.",
        "`/{a}/x` beside `/y/{b}`",
    ),
    entry(
        LINT,
        "missing-operation-id",
        "An operation has no name.",
        "`get: {summary: List}`",
    ),
    entry(
        LINT,
        "operation-id",
        "The name of an operation is not in lower camel case.",
        "`operationId: List_Groups`",
    ),
    entry(
        LINT,
        "duplicate-operation-id",
        "Two operations have one name.",
        "`operationId: getGroup`, twice",
    ),
    entry(
        LINT,
        "missing-summary",
        "An operation has no summary.",
        "`get: {operationId: listGroups}`",
    ),
    entry(
        LINT,
        "missing-description",
        "An operation, parameter, schema or member is not described.",
        "`name: {type: string, maxLength: 9}`",
    ),
    entry(
        LINT,
        "duplicate-parameter",
        "A parameter is there twice.",
        "`in: query`, `name: page`, twice",
    ),
    entry(
        LINT,
        "path-parameter",
        "A value in the path is not declared, not required, or declared without being there.",
        "`/groups/{id}` without a parameter `id`",
    ),
    entry(
        LINT,
        "undeclared-status",
        "A status that can occur is not listed.",
        "a body without 413 among the responses",
    ),
    entry(
        LINT,
        "error-schema-differs",
        "Not all errors have the same schema.",
        "404 with `Error`, 409 with `Problem`",
    ),
    entry(
        LINT,
        "missing-example",
        "A body has no example.",
        "`application/json: {schema: ...}`",
    ),
    entry(
        LINT,
        "example-mismatch",
        "An example does not fit its schema.",
        "`type: integer, example: three`",
    ),
    entry(
        LINT,
        "missing-bound",
        "A text, list or number has no bounds.",
        "`type: string` without `maxLength`",
    ),
    entry(
        LINT,
        "bounds-crossed",
        "A lower bound is above the upper one.",
        "`minimum: 9, maximum: 1`",
    ),
    entry(
        LINT,
        "pattern-not-portable",
        "ECMA-262 and Rust read the pattern differently, or one of them does not take it.",
        "`pattern: '(?<=a)b'`",
    ),
    entry(
        LINT,
        "required-unknown",
        "A required member does not exist.",
        "`required: [nmae]`",
    ),
    entry(
        LINT,
        "name-clash",
        "Two names would be one in Rust, or a name is taken.",
        "schemas `Group` and `group`",
    ),
    entry(
        LINT,
        "name-case",
        "Two names differ in letter case only where case is tolerated.",
        "members `name` and `Name`",
    ),
    entry(
        LINT,
        "alias",
        "Another name of a member is taken already, or another spelling of a path has its templates elsewhere.",
        "`alias:name` beside a member `name`",
    ),
    entry(
        LINT,
        "extension",
        "An extension of ours stands where it means nothing, or has a wrong value.",
        "`x-roster-max-body: many`",
    ),
    entry(
        LINT,
        "credential",
        "A credential in a body is not required, not write-only, or not what `security` says.",
        "`x-roster-credential` on an optional member",
    ),
    entry(
        LINT,
        "xml",
        "An `xml` object says what XML cannot do.",
        "a list as an attribute",
    ),
    entry(
        GENERATED,
        "generated-differs",
        "A generated file is not what the documents generate.",
        "an edit by hand",
    ),
    entry(
        GENERATED,
        "generated-missing",
        "A generated file is missing.",
        "a new document without cargo xtask generate",
    ),
    entry(
        GENERATED,
        "generated-surplus",
        "A generated file belongs to no document.",
        "code of a document that is gone",
    ),
    entry(
        GENERATED,
        "generator",
        "The generator wrote code that is no Rust: a mistake of the generator.",
        "none is known",
    ),
    entry(
        GENERATED,
        "unwritable",
        "A generated file cannot be written; nothing else was, either.",
        "a folder without the right to write",
    ),
    entry(
        BREAKING,
        "version-not-raised",
        "`info.version` has not risen as far as the changes demand.",
        "a new required parameter, 0.1.0 as before",
    ),
    entry(
        BREAKING,
        "version-lowered",
        "`info.version` is lower than before.",
        "0.2.0 -> 0.1.0",
    ),
    entry(
        BREAKING,
        "version-unreadable",
        "`info.version` is no semantic version.",
        "`version: \"one\"`",
    ),
    entry(
        BREAKING,
        "sunset",
        "`x-sunset` is no date, or stands beside something that is not deprecated.",
        "`x-sunset: soon`",
    ),
    entry(
        BREAKING,
        "accepted-malformed",
        "A line of `openapi/lint/accepted.txt` lacks a part or names no rule.",
        "`kibo.yaml 0.1.0 server-removed /servers`",
    ),
    entry(
        BREAKING,
        "accepted-unused",
        "A line of `openapi/lint/accepted.txt` accepts nothing, or the version has risen beyond it.",
        "a line that is kept after the change was taken back",
    ),
];
