//! What these tests need: the functions of a stack, and their binaries.

use local_stack::template::Function;
use system_tests::Harness;
use system_tests::function_binary::{FunctionBinary, declared};

/// The functions that the template declares, for this stack.
pub(crate) fn functions(harness: &Harness) -> Vec<Function> {
    declared(harness.stack.aws().endpoints())
}

/// The function that is built from this binary.
pub(crate) fn function(harness: &Harness, binary: &str) -> Function {
    let mut all = functions(harness).into_iter();
    all.find(|it| it.binary == binary).unwrap()
}

/// The binary of a function, running on this stack.
pub(crate) async fn running(harness: &Harness, binary: &str) -> FunctionBinary {
    running_with(harness, binary, &[]).await
}

/// The same, with these variables over those of the template.
pub(crate) async fn running_with(
    harness: &Harness,
    binary: &str,
    own: &[(&str, &str)],
) -> FunctionBinary {
    let function = function(harness, binary);
    FunctionBinary::start(&function, harness.stack.aws().endpoints(), own).await
}
