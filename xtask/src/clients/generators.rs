//! The generators: how each is called, and where its clients and its stories are.

/// A generator of clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generator {
    OpenapiFetch,
    HeyApi,
    Orval,
    TypescriptFetch,
    OpenapiGenerator,
    OpenapiPythonClient,
}

/// What a client is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    TypeScript,
    Python,
}

impl Generator {
    pub const ALL: [Self; 6] = [
        Self::OpenapiFetch,
        Self::HeyApi,
        Self::Orval,
        Self::TypescriptFetch,
        Self::OpenapiGenerator,
        Self::OpenapiPythonClient,
    ];

    /// The name of its folders.
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenapiFetch => "openapi-fetch",
            Self::HeyApi => "hey-api",
            Self::Orval => "orval",
            Self::TypescriptFetch => "typescript-fetch",
            Self::OpenapiGenerator => "openapi-generator",
            Self::OpenapiPythonClient => "openapi-python-client",
        }
    }

    pub fn language(self) -> Language {
        match self {
            Self::OpenapiFetch | Self::HeyApi | Self::Orval | Self::TypescriptFetch => Language::TypeScript,
            Self::OpenapiGenerator | Self::OpenapiPythonClient => Language::Python,
        }
    }

    /// Whether it is a package of Node.js, not of Python.
    pub fn is_node(self) -> bool {
        matches!(self, Self::OpenapiFetch | Self::HeyApi | Self::Orval)
    }

    /// Its command line for a document, as a person types it in a folder with `openapi/`. What it writes lies in
    /// `output`.
    pub fn command(self, dialect: &str) -> String {
        let (document, output) = (format!("openapi/{dialect}.yaml"), self.output(dialect));
        match self {
            Self::OpenapiFetch => format!(
                "openapi-typescript {document} --output {output}/schema.d.ts --root-types --root-types-no-schema-prefix"
            ),
            Self::HeyApi => {
                format!("openapi-ts --input ./{document} --output {output} --client @hey-api/client-fetch")
            }
            Self::Orval => format!("orval --config orval.config.mjs --project {dialect}"),
            Self::TypescriptFetch => format!(
                "openapi-generator-cli generate -g typescript-fetch -i {document} -o {output} \
                 --additional-properties=importFileExtension=.js"
            ),
            Self::OpenapiGenerator => format!(
                "openapi-generator-cli generate -g python -i {document} -o {output} \
                 --additional-properties=packageName={dialect}_client"
            ),
            Self::OpenapiPythonClient => format!(
                "openapi-python-client generate --path {document} --output-path {output}/{dialect}_client \
                 --meta none --overwrite"
            ),
        }
    }

    /// The folder that it writes, relative to the stage.
    pub fn output(self, dialect: &str) -> String {
        let name = self.name();
        match self {
            // Its runtime is checked less strictly than the stories are, so they see it as declarations.
            Self::TypescriptFetch => format!("sources/{dialect}/{name}"),
            Self::OpenapiFetch | Self::HeyApi | Self::Orval => format!("generated/{dialect}/{name}"),
            Self::OpenapiGenerator | Self::OpenapiPythonClient => format!("python/{name}/{dialect}"),
        }
    }

    /// The story of a dialect, relative to the stage.
    pub fn story(self, dialect: &str) -> String {
        match self.language() {
            Language::TypeScript => format!("stories/{dialect}/{}.ts", self.name()),
            Language::Python => format!("stories/{dialect}/{}.py", self.name().replace('-', "_")),
        }
    }

    /// A generated file that lists the names of all models, relative to the stage; `None` where there is none.
    pub fn index(self, dialect: &str) -> Option<String> {
        let output = self.output(dialect);
        match self {
            Self::TypescriptFetch => Some(format!("{output}/models/index.ts")),
            Self::OpenapiGenerator | Self::OpenapiPythonClient => {
                Some(format!("{output}/{dialect}_client/models/__init__.py"))
            }
            Self::OpenapiFetch | Self::HeyApi | Self::Orval => None,
        }
    }
}
