//! Judges recorded statements as Citus would, from the rules that were measured: every tenant table is reached by
//! `commune_id`, keys carry it, nothing volatile in updates, no feature that Citus lacks. Citus itself is not run.

use sqlparser::ast::*;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// Tables that are small and the same everywhere: reference tables, or the migration list.
const REFERENCE: [&str; 2] = ["commune", "schema_migration"];
/// Functions whose value changes from call to call.
const VOLATILE: [&str; 6] =
    ["now", "random", "gen_random_uuid", "clock_timestamp", "nextval", "current_timestamp"];

/// What Citus would refuse in this statement; empty when it is fine.
pub fn problems(text: &str) -> Vec<String> {
    let statements = match Parser::parse_sql(&PostgreSqlDialect {}, text) {
        Ok(statements) => statements,
        Err(error) => return vec![format!("not read as PostgreSQL: {error}")],
    };
    let mut judge = Judge::default();
    for statement in &statements {
        let _ = statement.visit(&mut NamesOf(&mut judge.ctes));
        judge.statement(statement);
        let _ = statement.visit(&mut judge);
    }
    judge.problems
}

#[derive(Default)]
struct Judge {
    ctes: BTreeSet<String>,
    problems: Vec<String>,
}

struct NamesOf<'a>(&'a mut BTreeSet<String>);

impl Visitor for NamesOf<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.0.insert(cte.alias.name.value.to_lowercase());
        }
        ControlFlow::Continue(())
    }
}

impl Visitor for Judge {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if query.with.as_ref().is_some_and(|with| with.recursive) {
            self.problem("a recursive CTE");
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        let mut tied = BTreeSet::new();
        let mut tables = Vec::new();
        select.selection.iter().for_each(|e| tie(e, &mut tied));
        for from in &select.from {
            self.source(&from.relation, &mut tables);
            for join in &from.joins {
                self.source(&join.relation, &mut tables);
                constraint(&join.join_operator).into_iter().for_each(|e| tie(e, &mut tied));
            }
        }
        self.all_tied(&tables, &tied);
        if let GroupByExpr::Expressions(list, modifiers) = &select.group_by {
            let grouping =
                list.iter().any(|e| matches!(e, Expr::GroupingSets(_) | Expr::Cube(_) | Expr::Rollup(_)));
            if grouping || !modifiers.is_empty() {
                self.problem("GROUPING SETS");
            }
        }
        ControlFlow::Continue(())
    }
}

impl Judge {
    fn problem(&mut self, what: impl Into<String>) {
        self.problems.push(what.into());
    }

    fn tenant(&self, name: &str) -> bool {
        !REFERENCE.contains(&name) && !self.ctes.contains(name)
    }

    /// Adds the name by which a tenant table is spoken of.
    fn source(&mut self, factor: &TableFactor, tables: &mut Vec<String>) {
        if let TableFactor::Table { name, alias, args: None, .. } = factor {
            let table = name.to_string().to_lowercase();
            if self.tenant(&table) {
                tables.push(alias.as_ref().map_or(table, |alias| alias.name.value.to_lowercase()));
            }
        }
    }

    fn all_tied(&mut self, tables: &[String], tied: &BTreeSet<String>) {
        for table in tables {
            let alone = tables.len() == 1 && tied.contains("");
            if !alone && !tied.contains(table) {
                self.problem(format!("{table} is not tied to commune_id"));
            }
        }
    }

    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Insert(insert) => self.insert(insert),
            Statement::Update(update) => {
                let mut tables = Vec::new();
                self.source(&update.table.relation, &mut tables);
                self.changes(&update.assignments);
                self.condition(&tables, update.selection.as_ref());
            }
            Statement::Delete(delete) => {
                let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = &delete.from;
                let mut tables = Vec::new();
                from.iter().for_each(|t| self.source(&t.relation, &mut tables));
                self.condition(&tables, delete.selection.as_ref());
            }
            Statement::Query(_) => {}
            other => self.problem(format!("not a statement of the program: {}", head(&other.to_string()))),
        }
    }

    fn condition(&mut self, tables: &[String], selection: Option<&Expr>) {
        let mut tied = BTreeSet::new();
        selection.into_iter().for_each(|e| tie(e, &mut tied));
        self.all_tied(tables, &tied);
    }

    fn insert(&mut self, insert: &Insert) {
        let table = insert.table.to_string().to_lowercase();
        if !self.tenant(&table) {
            return;
        }
        let first = insert.columns.first().map(|column| column.to_string().to_lowercase());
        if first.as_deref() != Some("commune_id") {
            self.problem(format!("INSERT INTO {table} does not begin with commune_id"));
        }
        let Some(OnInsert::OnConflict(conflict)) = &insert.on else { return };
        match &conflict.conflict_target {
            Some(ConflictTarget::Columns(columns))
                if columns.iter().any(|c| c.to_string() == "commune_id") => {}
            _ => self.problem(format!("ON CONFLICT on {table} without commune_id")),
        }
        if let OnConflictAction::DoUpdate(update) = &conflict.action {
            self.changes(&update.assignments);
        }
    }

    fn changes(&mut self, assignments: &[Assignment]) {
        for assignment in assignments {
            if assignment.target.to_string() == "commune_id" {
                self.problem("commune_id is changed");
            }
            let value = assignment.value.to_string().to_lowercase();
            if let Some(name) = VOLATILE.iter().find(|name| value.contains(&format!("{name}("))) {
                self.problem(format!("{name}() in an update"));
            }
        }
    }
}

fn constraint(operator: &JoinOperator) -> Option<&Expr> {
    use JoinOperator as J;
    let (J::Join(c)
    | J::Inner(c)
    | J::Left(c)
    | J::LeftOuter(c)
    | J::Right(c)
    | J::RightOuter(c)
    | J::FullOuter(c)) = operator
    else {
        return None;
    };
    if let JoinConstraint::On(e) = c { Some(e) } else { None }
}

/// Collects by which name commune_id is compared; `""` when it stands without a table.
fn tie(expr: &Expr, tied: &mut BTreeSet<String>) {
    match expr {
        Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
            tie(left, tied);
            tie(right, tied);
        }
        Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => {
            for side in [left, right] {
                match &**side {
                    Expr::Identifier(name) if name.value == "commune_id" => drop(tied.insert(String::new())),
                    Expr::CompoundIdentifier(parts)
                        if parts.last().is_some_and(|p| p.value == "commune_id") =>
                    {
                        tied.insert(parts[0].value.to_lowercase());
                    }
                    _ => {}
                }
            }
        }
        Expr::Nested(inner) => tie(inner, tied),
        _ => {}
    }
}

fn head(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::problems;

    #[test]
    fn good_statements_pass() {
        for good in [
            "SELECT name FROM unit WHERE commune_id = $1 AND id = $2",
            "SELECT h.id FROM household h JOIN person p ON p.commune_id = h.commune_id AND p.id = h.head_id WHERE h.commune_id = $1",
            "INSERT INTO book (commune_id, n) VALUES ($1, 1) ON CONFLICT (commune_id, n) DO UPDATE SET n = book.n + 1 RETURNING n",
            "WITH x AS (SELECT id FROM person WHERE commune_id = $1) SELECT COUNT(*) FROM x",
            "SELECT id FROM commune ORDER BY id",
            "DELETE FROM job WHERE commune_id = $1 AND at < $2",
        ] {
            assert_eq!(problems(good), Vec::<String>::new(), "{good}");
        }
    }

    #[test]
    fn each_rule_catches_its_case() {
        for bad in [
            "SELECT name FROM unit WHERE id = $1",
            "SELECT h.id FROM household h JOIN person p ON p.id = h.head_id WHERE h.commune_id = $1",
            "UPDATE job SET at = now() WHERE commune_id = $1",
            "UPDATE job SET commune_id = $1 WHERE commune_id = $2",
            "INSERT INTO book (n, commune_id) VALUES (1, $1)",
            "INSERT INTO book (commune_id, n) VALUES ($1, 1) ON CONFLICT (n) DO NOTHING",
            "WITH RECURSIVE t AS (SELECT id FROM unit WHERE commune_id = $1) SELECT id FROM t",
            "SELECT id FROM person WHERE commune_id = $1 AND id IN (SELECT person_id FROM member WHERE x = 1)",
            "SELECT COUNT(*) FROM person WHERE commune_id = $1 GROUP BY ROLLUP (village)",
            "CREATE TRIGGER t BEFORE INSERT ON x EXECUTE FUNCTION f()",
            "DELETE FROM job WHERE at < $1",
        ] {
            assert!(!problems(bad).is_empty(), "{bad}");
        }
    }
}
