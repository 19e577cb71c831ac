//! Names of contracts in every form, and what can be no contract.

use super::*;
use chrono::TimeDelta;
use proptest::prelude::*;

fn price(text: &str) -> Price {
    Price::new(text.parse().unwrap()).unwrap()
}

fn contract(root: &str, expiration: &str, right: OptionRight, strike: &str) -> OptionContract {
    OptionContract::new(root, expiration.parse().unwrap(), right, price(strike)).unwrap()
}

#[test]
fn reads_every_vendors_form() {
    let (call, put) = (OptionRight::Call, OptionRight::Put);
    for (text, root, expiration, right, strike) in [
        ("SPY260213C00451000", "SPY", "2026-02-13", call, "451"),
        ("AAPL260717C00200000", "AAPL", "2026-07-17", call, "200"),
        ("SPXW260624P05900000", "SPXW", "2026-06-24", put, "5900"),
        ("XOM2260717P00110000", "XOM2", "2026-07-17", put, "110"),
        ("2SPX260717C05900000", "2SPX", "2026-07-17", call, "5900"),
        ("F260717C00012500", "F", "2026-07-17", call, "12.5"),
        ("CP260717P00080000", "CP", "2026-07-17", put, "80"),
        ("AAPL  260717C00200000", "AAPL", "2026-07-17", call, "200"),
        ("F     260717C00012500", "F", "2026-07-17", call, "12.5"),
        (
            "GOOGL1260717C00160750",
            "GOOGL1",
            "2026-07-17",
            call,
            "160.75",
        ),
        ("O:SPY260717P00600000", "SPY", "2026-07-17", put, "600"),
        ("o:spy260717p00600000", "SPY", "2026-07-17", put, "600"),
        ("aapl260717c00200000", "AAPL", "2026-07-17", call, "200"),
        (" SPY260213C00451000\n", "SPY", "2026-02-13", call, "451"),
        ("SPY 250624C596", "SPY", "2025-06-24", call, "596"),
        ("SPY 250624C596.5", "SPY", "2025-06-24", call, "596.5"),
        ("spy 250624p0.5", "SPY", "2025-06-24", put, "0.5"),
        ("SPY-20260213-CALL-451.00", "SPY", "2026-02-13", call, "451"),
        ("spy-20260213-put-451", "SPY", "2026-02-13", put, "451"),
        ("SPY991231C99999999", "SPY", "2099-12-31", call, "99999.999"),
        ("SPY000229C00000001", "SPY", "2000-02-29", call, "0.001"),
    ] {
        let expected = contract(root, expiration, right, strike);
        assert_eq!(OptionContract::parse(text), Ok(expected), "{text}");
    }
}

#[test]
fn refuses_what_is_no_contract() {
    use ContractError::{Expiration, Form, Right, Root, Strike};
    for (text, expected) in [
        ("", Form),
        ("SPY", Form),
        ("SPY260213X00451000", Form),
        ("C00451000", Form),
        ("13C00451000", Form),
        // A digit lost or added: never guessed.
        ("SPY260213C0045100", Form),
        ("SPY260213C004510000", Form),
        ("SPY260213C451", Form),
        ("SPY   260213C0045100", Strike),
        ("SPY-20260213-CALL", Form),
        ("SPY260213Cé0451000", Form),
        ("SPY260é13C00451000", Expiration),
        ("260213C00451000", Root),
        ("TOOLONG260213C00451000", Root),
        ("BRK.B260213C00451000", Root),
        ("S PY260213C00451000", Root),
        ("123260213C00451000", Root),
        ("-20260213-CALL-451.00", Root),
        ("A-B-20260213-CALL-451.00", Root),
        ("SPY260230C00451000", Expiration),
        ("SPY261301C00451000", Expiration),
        ("SPY250229C00451000", Expiration),
        ("SPY-260213-CALL-451.00", Expiration),
        ("SPY-19991231-CALL-451.00", Expiration),
        ("SPY-21000101-CALL-451.00", Expiration),
        ("SPY-20260213-X-451.00", Right),
        ("SPY260213C00000000", Strike),
        ("SPY 250624C", Strike),
        ("SPY 250624C.5", Strike),
        ("SPY 250624C596.", Strike),
        ("SPY 250624C5_96", Strike),
        ("SPY 250624C+596", Strike),
        ("SPY 250624C1e2", Strike),
        ("SPY 250624C100000", Strike),
        ("SPY 250624C596.0001", Strike),
        ("SPY 250624C596.00000000000000000000000000000000001", Strike),
        ("SPY-20260213-CALL-0", Strike),
        ("SPY-20260213-CALL--451.00", Expiration),
    ] {
        assert_eq!(OptionContract::parse(text), Err(expected), "{text}");
    }
}

#[test]
fn is_made_only_of_parts_that_can_be_listed() {
    let date = |text: &str| text.parse::<NaiveDate>().unwrap();
    for (root, expiration, strike, expected) in [
        ("", "2026-02-13", "451", ContractError::Root),
        ("SEVENUP", "2026-02-13", "451", ContractError::Root),
        ("BRK.B", "2026-02-13", "451", ContractError::Root),
        ("SPY", "1999-12-31", "451", ContractError::Expiration),
        ("SPY", "2100-01-01", "451", ContractError::Expiration),
        ("SPY", "2026-02-13", "0", ContractError::Strike),
        ("SPY", "2026-02-13", "100000", ContractError::Strike),
        ("SPY", "2026-02-13", "451.0001", ContractError::Strike),
    ] {
        let made = OptionContract::new(root, date(expiration), OptionRight::Call, price(strike));
        assert_eq!(made, Err(expected), "{root} {expiration} {strike}");
    }
}

#[test]
fn is_written_in_both_occ_forms() {
    let call = contract("spy", "2026-02-13", OptionRight::Call, "451.500");
    assert_eq!(call.to_string(), "SPY260213C00451500");
    assert_eq!(call.to_osi_padded(), "SPY   260213C00451500");
    assert_eq!(
        serde_json::to_string(&call).unwrap(),
        "\"SPY260213C00451500\""
    );
    assert_eq!(
        serde_json::from_str::<OptionContract>("\"SPY260213C00451500\"").unwrap(),
        call
    );
    assert!(serde_json::from_str::<OptionContract>("\"SPY260230C00451500\"").is_err());
}

#[test]
fn its_parts_can_be_read() {
    let put = contract("SPXW", "2026-06-24", OptionRight::Put, "5900");
    let parts = (
        put.root(),
        put.expiration().to_string(),
        put.right(),
        put.strike(),
    );
    assert_eq!(
        parts,
        (
            "SPXW",
            "2026-06-24".to_owned(),
            OptionRight::Put,
            price("5900")
        )
    );
}

#[test]
fn digits_in_the_root_mark_unusual_deliverables() {
    for (root, adjusted) in [
        ("SPY", false),
        ("SPXW", false),
        ("BRKB", false),
        ("AAPL1", true),
        ("XOM2", true),
        ("2SPX", true),
        ("4SPX", true),
    ] {
        let contract = contract(root, "2026-07-17", OptionRight::Call, "100");
        assert_eq!(contract.is_adjusted(), adjusted, "{root}");
    }
}

#[test]
fn intrinsic_value_is_what_exercise_gains() {
    for (right, underlying, expected) in [
        (OptionRight::Call, "455.25", "4.25"),
        (OptionRight::Call, "451", "0"),
        (OptionRight::Call, "440", "0"),
        (OptionRight::Put, "440.5", "10.5"),
        (OptionRight::Put, "460", "0"),
        (OptionRight::Put, "0", "451"),
    ] {
        let contract = contract("SPY", "2026-02-13", right, "451");
        assert_eq!(
            contract.intrinsic(price(underlying)),
            price(expected),
            "{right:?} {underlying}"
        );
    }
}

prop_compose! {
    fn any_contract()(
        root in "[A-Z][A-Z0-9]{0,5}|[0-9][A-Z]{1,5}",
        day in 0_i64..36_524,
        is_call: bool,
        strike_thousandths in 1_i64..100_000_000,
    ) -> OptionContract {
        let expiration = "2000-01-01".parse::<NaiveDate>().unwrap() + TimeDelta::days(day);
        let right = if is_call { OptionRight::Call } else { OptionRight::Put };
        let strike = Price::new(Decimal::new(strike_thousandths, 3)).unwrap();
        OptionContract::new(&root, expiration, right, strike).unwrap()
    }
}

proptest! {
    #[test]
    fn contracts_survive_every_form(contract in any_contract()) {
        let (name, date) = (contract.to_string(), contract.expiration().format("%y%m%d"));
        let (root, strike) = (contract.root(), contract.strike().decimal());
        let word = if contract.right() == OptionRight::Call { "CALL" } else { "PUT" };
        for text in [
            contract.to_osi_padded(),
            format!("O:{name}"),
            name.to_ascii_lowercase(),
            format!("{root} {date}{}{}", contract.right().letter(), strike.normalize()),
            format!("{root}-20{date}-{word}-{strike}"),
            name,
        ] {
            prop_assert_eq!(OptionContract::parse(&text), Ok(contract.clone()), "{}", text);
        }
        prop_assert_eq!(contract.to_osi_padded().len(), 21);
    }

    #[test]
    fn reading_never_fails_badly(text in "\\PC*", digits in "[OCP:0-9. é-]{0,24}") {
        for text in [text, digits] {
            if let Ok(contract) = OptionContract::parse(&text) {
                prop_assert_eq!(contract.to_string().parse(), Ok(contract));
            }
        }
    }

    #[test]
    fn call_and_put_differ_by_what_the_share_has_moved(
        contract in any_contract(), cents in 0_u32..20_000_000,
    ) {
        let underlying = Price::cents(cents);
        let of = |right| OptionContract { right, ..contract.clone() }.intrinsic(underlying).decimal();
        let moved = underlying.decimal() - contract.strike().decimal();
        prop_assert_eq!(of(OptionRight::Call) - of(OptionRight::Put), moved);
    }
}
