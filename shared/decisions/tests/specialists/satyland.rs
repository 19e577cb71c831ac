//! explore
#![cfg(test)]
use crate::bars::*;
use crate::world::World;

fn show(name: &str, world: &World) {
    let s = &world.studies().saty;
    let o = world.opinion("satyland");
    let rs: Vec<_> = o
        .reasons
        .iter()
        .map(|r| format!("{}:{}", r.name, r.points))
        .collect();
    println!(
        "{name} lev={:?} gate={:?} phase={:?} rib={:?} => {:?} {} {:?} {:?}",
        s.levels.known().map(|l| (l.bias, l.range_used)),
        s.golden_gates.known(),
        s.phase.known(),
        s.ribbon.known(),
        o.bias,
        o.confidence,
        rs,
        o.missing
    );
}

#[test]
fn explore() {
    let daily = calm_days(TODAY, 600.0, 10.0);
    let y: Vec<Shape> = (0..78)
        .map(|i| {
            let p = 600.0 + f64::from(i % 4) * 0.3;
            bar(p, p + 0.5, p - 0.5, p)
        })
        .collect();
    for (step, n) in [
        (0.1, 20),
        (0.2, 12),
        (0.2, 20),
        (0.3, 12),
        (0.3, 20),
        (0.3, 30),
        (0.5, 16),
        (1.0, 4),
        (1.0, 7),
        (2.0, 3),
    ] {
        let t: Vec<Shape> = (1..=n)
            .map(|i| {
                let p = 600.0 + f64::from(i) * step;
                bar(p - step, p + 0.3, p - step - 0.3, p)
            })
            .collect();
        let c = set("5", [session(YESTERDAY, &y), session(TODAY, &t)].concat());
        show(&format!("up {step} {n}"), &World::on(&c, Some(&daily)));
    }
}
