//! The tables and the types of their columns, read from the migrations' text: the one place that knows them.

use super::{Column, ColumnType};
use crate::db::{Migration, dialect};
use crate::{Error, Result};

/// A table as the migrations leave it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// The columns of the primary key, in order.
    pub key: Vec<usize>,
}

/// All tables, in the order in which they were made: what a foreign key points to comes first. What only one engine
/// has (its text index) is not among them.
pub(super) fn tables(migrations: &[Migration]) -> Result<Vec<Table>> {
    let mut ordered = migrations.to_vec();
    ordered.sort_by_key(|migration| migration.version);
    let mut tables = Vec::new();
    for migration in ordered {
        for statement in dialect::common(migration.text) {
            let text = statement.split_whitespace().collect::<Vec<_>>().join(" ");
            read(&mut tables, &text)
                .map_err(|what| Error::internal(format!("migration {}: {what}: {text}", migration.name)))?;
        }
    }
    Ok(tables)
}

fn read(tables: &mut Vec<Table>, text: &str) -> Result<(), String> {
    if let Some(rest) = text.strip_prefix("CREATE TABLE ") {
        let (name, body) = rest.split_once('(').ok_or("no columns")?;
        let body = body.trim().strip_suffix(')').ok_or("no end of columns")?;
        tables.push(table(name.trim(), body)?);
    } else if let Some(name) = text.strip_prefix("DROP TABLE ") {
        tables.retain(|table| table.name != name.trim());
    } else if let Some(rest) = text.strip_prefix("ALTER TABLE ") {
        let (name, change) = rest.split_once(' ').ok_or("no change")?;
        let table = tables.iter_mut().find(|table| table.name == name).ok_or("unknown table")?;
        alter(table, change)?;
    }
    Ok(())
}

fn table(name: &str, body: &str) -> Result<Table, String> {
    let mut table = Table { name: name.to_owned(), columns: Vec::new(), key: Vec::new() };
    let mut key: Vec<String> = Vec::new();
    for part in parts(body) {
        let first = part.split([' ', '(']).next().unwrap_or_default();
        if let Some(list) = part.strip_prefix("PRIMARY KEY") {
            key =
                list.trim().trim_matches(['(', ')']).split(',').map(|name| name.trim().to_owned()).collect();
        } else if !["UNIQUE", "FOREIGN", "CHECK", "CONSTRAINT", "EXCLUDE"].contains(&first) {
            if part.contains(" PRIMARY KEY") {
                key = vec![first.to_owned()];
            }
            table.columns.push(column(part)?);
        }
    }
    table.key = key.iter().map(|name| place(&table, name)).collect::<Result<_, _>>()?;
    if table.key.is_empty() { Err("no primary key".into()) } else { Ok(table) }
}

fn alter(table: &mut Table, change: &str) -> Result<(), String> {
    if let Some(text) = change.strip_prefix("ADD COLUMN ") {
        table.columns.push(column(text)?);
    } else if let Some(name) = change.strip_prefix("DROP COLUMN ") {
        let gone = place(table, name.trim())?;
        table.columns.remove(gone);
        table.key.iter_mut().filter(|at| **at > gone).for_each(|at| *at -= 1);
    } else if let Some((old, new)) =
        change.strip_prefix("RENAME COLUMN ").and_then(|names| names.split_once(" TO "))
    {
        let at = place(table, old.trim())?;
        table.columns[at].name = new.trim().to_owned();
    } else if let Some(new) = change.strip_prefix("RENAME TO ") {
        table.name = new.trim().to_owned();
    } else if !change.starts_with("ADD CONSTRAINT ") && !change.starts_with("DROP CONSTRAINT ") {
        return Err("a change of a table that the dump does not know".into());
    }
    Ok(())
}

fn column(text: &str) -> Result<Column, String> {
    let (name, rest) = text.trim().split_once(' ').ok_or("a column without type")?;
    let kind = ColumnType::of_sql(rest).ok_or_else(|| format!("unknown type of {name}"))?;
    Ok(Column { name: name.to_owned(), kind })
}

fn place(table: &Table, name: &str) -> Result<usize, String> {
    table.columns.iter().position(|column| column.name == name).ok_or_else(|| format!("no column {name}"))
}

/// Splits at the commas outside brackets.
fn parts(body: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in body.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(body[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(body[start..].trim());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&'static str]) -> Result<Vec<Table>> {
        let steps =
            texts.iter().enumerate().map(|(n, text)| Migration { version: n as i64, name: "t", text });
        tables(&steps.collect::<Vec<_>>())
    }

    #[test]
    fn types_come_from_the_migrations() {
        let made = of(&[
            "CREATE TABLE a (\n  commune_id UUID NOT NULL, -- tenant\n  sort TEXT COLLATE \"C\" NOT NULL,\n  n BIGINT, \
             x DOUBLE PRECISION, b BOOLEAN CHECK (b IN (TRUE, FALSE)), d DATE DEFAULT '9999-12-31', j JSONB, y BYTEA,\n  \
             at TIMESTAMPTZ,\n  PRIMARY KEY (commune_id, sort), UNIQUE (commune_id, n),\n  \
             FOREIGN KEY (commune_id, n) REFERENCES z (commune_id, n)\n);\nCREATE INDEX i ON a (n);\n\
             -- only: sqlite\nCREATE VIRTUAL TABLE search_index USING fts5(words);\n-- end\n\
             -- only: postgres\nALTER TABLE a ADD COLUMN tokens tsvector;\n-- end\n",
            "CREATE TABLE old (id UUID PRIMARY KEY);\nALTER TABLE a ADD COLUMN more TEXT NOT NULL DEFAULT '';\n\
             ALTER TABLE a RENAME COLUMN n TO m;\nALTER TABLE a DROP COLUMN x;\nDROP TABLE old;\n",
        ])
        .unwrap();
        assert_eq!(made.len(), 1);
        let columns: Vec<_> = made[0].columns.iter().map(|c| (c.name.as_str(), c.kind)).collect();
        use ColumnType::*;
        let expected = [
            ("commune_id", Uuid),
            ("sort", Text),
            ("m", Bigint),
            ("b", Boolean),
            ("d", Date),
            ("j", Jsonb),
            ("y", Bytea),
            ("at", Timestamptz),
            ("more", Text),
        ];
        assert_eq!((columns.as_slice(), made[0].key.as_slice()), (expected.as_slice(), [0, 1].as_slice()));
    }

    #[test]
    fn what_is_not_understood_is_said() {
        assert!(of(&["CREATE TABLE a (id UUID PRIMARY KEY, m MONEY);\n"]).is_err());
        assert!(of(&["CREATE TABLE a (id UUID);\n"]).is_err());
        assert!(
            of(&["CREATE TABLE a (id UUID PRIMARY KEY);\nALTER TABLE a ALTER COLUMN id TYPE TEXT;\n"])
                .is_err()
        );
    }

    #[test]
    fn the_platforms_own_tables_are_read() {
        let names: Vec<String> =
            tables(crate::MIGRATIONS).unwrap().into_iter().map(|table| table.name).collect();
        assert_eq!(
            names,
            ["commune", "job", "idempotency", "number_book", "file", "search_entry", "text_entry"]
        );
    }
}
