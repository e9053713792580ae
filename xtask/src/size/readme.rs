//! The README's table of sizes. A row names in a comment the subpaths that it adds up; `cargo xtask size --set` writes
//! its figures, and the suite `sizes` fails when one is no longer what is measured.

use crate::{checks::Verdict, shell::Outcome};

/// How far a figure may be from what is measured, in percent and in tenths of a kilobyte, until it is a wrong one.
const TOLERANCE: (u64, u64) = (3, 1);

/// One row: what it is about, what it says, and what is measured, in tenths of a kilobyte.
struct Row<'a> {
    line: &'a str,
    about: &'a str,
    said: [&'a str; 2],
    measured: [u64; 2],
}

/// The README with the figures that are measured.
pub(crate) fn written(readme: &str, brotli: impl Fn(&str) -> Option<u64>) -> Outcome<String> {
    let mut text = readme.to_owned();
    for row in rows(readme, brotli)? {
        let [script, wasm] = row.measured.map(figure);
        text = text.replace(row.line, &format!("| {} | {script} | {wasm} |", row.about));
    }
    Ok(text)
}

/// Whether the README's figures are what is measured.
pub(crate) fn verdict(readme: &str, brotli: impl Fn(&str) -> Option<u64>) -> Verdict {
    let rows = match rows(readme, brotli) {
        Ok(rows) if rows.is_empty() => return Verdict::Failed("the README has no table of sizes".into()),
        Ok(rows) => rows,
        Err(why) => return Verdict::Failed(why),
    };
    let wrong: Vec<String> = rows
        .iter()
        .filter(|row| row.said.iter().zip(row.measured).any(|(said, measured)| !is_near(said, measured)))
        .map(|row| {
            let [script, wasm] = row.measured.map(figure);
            format!("{}: measured {script} and {wasm}; `cargo xtask size --set` writes it", row.about)
        })
        .collect();
    if wrong.is_empty() { Verdict::Passed } else { Verdict::Failed(wrong.join("\n")) }
}

/// The rows whose first cell ends in a comment of subpaths.
fn rows(readme: &str, brotli: impl Fn(&str) -> Option<u64>) -> Outcome<Vec<Row<'_>>> {
    let mut rows = Vec::new();
    for line in readme.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [about, script, wasm] = cells.as_slice() else { continue };
        let Some((_, comment)) = about.split_once("<!-- ") else { continue };
        let mut measured = [0, 0];
        for subpath in comment.trim_end_matches("-->").split_whitespace() {
            let bytes = brotli(subpath)
                .ok_or_else(|| format!("the README counts {subpath}, which is not measured"))?;
            let [scripts, modules] = &mut measured;
            *(if subpath.strip_suffix(".wasm").is_some() { modules } else { scripts }) += bytes;
        }
        let measured = measured.map(|bytes| (bytes + 50) / 100);
        rows.push(Row { line, about, said: [script, wasm], measured });
    }
    Ok(rows)
}

fn figure(tenths: u64) -> String {
    if tenths == 0 { "none".into() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

fn is_near(said: &str, measured: u64) -> bool {
    let said = if said == "none" { Some(0) } else { said.replace('.', "").parse().ok() };
    said.is_some_and(|said: u64| {
        said.abs_diff(measured) <= (measured * TOLERANCE.0 / 100).max(TOLERANCE.1)
            && (said == 0) == (measured == 0)
    })
}

#[cfg(test)]
mod tests {
    use super::{verdict, written};
    use crate::checks::Verdict;

    const README: &str = "# Sizes\n\n| | script | wasm |\n|---|---:|---:|\n| gate <!-- ./a.js ./b --> | 8.8 | none |\n| form <!-- ./b ./c.wasm --> | 7.0 | 34.7 |\n";

    fn brotli(subpath: &str) -> Option<u64> {
        [("./a.js", 1_800), ("./b", 7_010), ("./c.wasm", 34_690)]
            .into_iter()
            .find_map(|(name, bytes)| (name == subpath).then_some(bytes))
    }

    #[test]
    fn figures_that_are_measured_pass_and_others_are_named() {
        assert!(matches!(verdict(README, brotli), Verdict::Passed));
        for wrong in
            [README.replace("34.7", "33.1"), README.replace("8.8", "none"), README.replace("none", "0.1")]
        {
            assert!(matches!(verdict(&wrong, brotli), Verdict::Failed(_)));
        }
        assert!(matches!(verdict(&README.replace("./c.wasm", "./d.wasm"), brotli), Verdict::Failed(_)));
        assert!(matches!(verdict("# Nothing", brotli), Verdict::Failed(_)));
    }

    #[test]
    fn writing_puts_right_what_was_wrong_and_nothing_else() {
        let stale = README.replace("34.7", "719.6").replace("8.8", "1.0");
        assert_eq!(written(&stale, brotli).as_deref(), Ok(README));
    }
}
