//! What functions were seen to need at AWS, over all tests: `scripts/check-permissions` compares it
//! with what they are granted.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use local_stack::policy::Permission;
use local_stack::wire::Used;
use runtime::Environment;

/// The directory in which it is noted, a file for each process of tests. Without it: nowhere.
const VARIABLE: &str = "PARALLAX_TEST_PERMISSIONS";

/// Notes what the functions of a stack needed.
pub fn note(used: &Used) {
    if let Some(directory) = Environment::ambient().get(VARIABLE) {
        let file = Path::new(directory).join(format!("{}.txt", std::process::id()));
        let file = OpenOptions::new().create(true).append(true).open(file);
        let noted = file.and_then(|mut file| file.write_all(lines(used).as_bytes()));
        noted.expect("what functions need can be noted");
    }
}

/// A permission as the lists beside the functions have it: the resource without what is the same
/// for all.
pub fn shown(permission: &Permission) -> String {
    let resource = permission.resource.rsplit(':').next().unwrap_or_default();
    let resource = resource.trim_start_matches("table/");
    format!("{} {resource}", permission.action)
}

fn lines(used: &Used) -> String {
    let mut lines = String::new();
    for (binary, permissions) in used {
        for permission in permissions {
            // Writing to a text can't fail.
            let _ = writeln!(lines, "{binary} {}", shown(permission));
        }
    }
    lines
}
