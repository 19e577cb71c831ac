//! The table of variables as it stands in `docs/configuration.md`.

use std::fmt::Write;

use super::table::VARIABLES;
use super::variables::{Fate, Form, Variable};

/// The tables of `docs/configuration.md`, in Markdown, one for each fate.
pub fn markdown_tables() -> String {
    let sections = [
        (Fate::Read, "Read"),
        (Fate::Template, "Set by template.yaml"),
        (Fate::Later, "Accepted, without effect yet"),
        (Fate::Replaced, "Replaced, and ignored"),
    ];
    let mut text = String::new();
    for (fate, title) in sections {
        let _ = write!(text, "## {title}\n\n{HEADER}");
        for variable in VARIABLES.iter().filter(|variable| variable.fate == fate) {
            let _ = writeln!(text, "{}", row(variable));
        }
        text.push('\n');
    }
    text
}

const HEADER: &str = "| variable | default | range | meaning |\n| --- | --- | --- | --- |\n";

fn row(variable: &Variable) -> String {
    let alias = variable
        .alias
        .map_or(String::new(), |alias| format!(" or `{alias}`"));
    let default = match variable.default {
        "" => "–".to_owned(),
        text if text.contains(' ') => text.to_owned(),
        text => format!("`{text}`"),
    };
    format!(
        "| `{}`{alias} | {default} | {} | {} |",
        variable.name,
        range(variable.form),
        variable.meaning
    )
}

fn range(form: Form) -> String {
    match form {
        Form::Flag => "`true`, `false`".to_owned(),
        Form::Whole(low, high) => format!("{low} to {high}"),
        Form::Amount(low, high) => format!("{low} to {high}, decimals allowed"),
        Form::Choice(words) => words
            .iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>()
            .join(", "),
        Form::Market => {
            "`simulated`, `providers`, `recorded:DIR`, `recorded:SYMBOL=DIR`".to_owned()
        }
        Form::Url => "an address".to_owned(),
        Form::Text | Form::LogLevel => "text".to_owned(),
        Form::Secret => "text, never shown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_holds_this_table_and_no_other() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/configuration.md");
        let document = std::fs::read_to_string(path).unwrap();
        assert!(
            document.contains(&markdown_tables()),
            "docs/configuration.md differs from the code; `parallax configuration` prints it"
        );
    }
}
