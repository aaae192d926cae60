//! Steps side by side. Those of one lane run one after the other, the lanes at the same time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver};
use std::thread::Scope;
use std::time::Instant;

use super::{Context, Step};
use crate::finding::Finding;

/// What takes long comes first. What builds and what lints lock the same folder, so the lanes above that of `clippy` wait for
/// one build, and `clippy` does not run into its lock.
const LANES: [&[Step]; 5] = [
    &[Step::Derived, Step::Examples, Step::Routes],
    &[Step::Samples],
    &[Step::Clippy],
    &[Step::Fmt],
    &[
        Step::Generated,
        Step::Tidy,
        Step::Lint,
        Step::Breaking,
        Step::Coverage,
    ],
];

/// A step that came to its end.
pub struct Ended {
    step: Step,
    /// How long it took by itself; what it waited for another step to build does not count.
    pub seconds: f64,
    /// What it found, or why it could not do its work.
    pub outcome: Result<Vec<Finding>, String>,
}

/// Steps on their way.
pub struct Running {
    ended: Receiver<Ended>,
    early: Vec<Ended>,
}

impl Running {
    /// Waits until a step has ended.
    pub fn end_of(&mut self, step: Step) -> Ended {
        loop {
            if let Some(at) = self.early.iter().position(|ended| ended.step == step) {
                return self.early.swap_remove(at);
            }
            match self.ended.recv() {
                Ok(ended) => self.early.push(ended),
                Err(_) => return ended(step, 0.0, Err("the step did not run".to_owned())),
            }
        }
    }
}

/// Starts the lanes with the steps that are wanted.
pub fn start<'s>(scope: &'s Scope<'s, '_>, context: &'s Context, wanted: &[Step]) -> Running {
    let (sender, receiver) = mpsc::channel();
    for (steps, waits) in lanes(wanted) {
        let sender = sender.clone();
        scope.spawn(move || {
            if waits {
                // Whether it can be built is told by the steps that ask it.
                let _ = context.server();
            }
            for step in steps {
                // Nobody listens any more where nothing can be printed.
                let _ = sender.send(run(step, context));
            }
        });
    }
    Running {
        ended: receiver,
        early: Vec::new(),
    }
}

/// The lanes that have something to do, and whether each waits for a build that another one starts.
fn lanes(wanted: &[Step]) -> Vec<(Vec<Step>, bool)> {
    let mut found = Vec::new();
    let mut is_building = false;
    for lane in LANES {
        let steps: Vec<Step> = lane
            .iter()
            .filter(|step| wanted.contains(step))
            .copied()
            .collect();
        let builds = steps.iter().any(|step| asks_server(*step));
        let waits = is_building && (builds || steps.contains(&Step::Clippy));
        is_building |= builds;
        if !steps.is_empty() {
            found.push((steps, waits));
        }
    }
    found
}

fn asks_server(step: Step) -> bool {
    matches!(
        step,
        Step::Derived | Step::Examples | Step::Routes | Step::Samples
    )
}

fn run(step: Step, context: &Context) -> Ended {
    let start = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| step.find(context)));
    let seconds = start.elapsed().as_secs_f64();
    let outcome = match outcome {
        Ok(outcome) => outcome.map_err(|fault| fault.0),
        Err(_) => Err("the step panicked; what it said stands above".to_owned()),
    };
    ended(step, seconds, outcome)
}

fn ended(step: Step, seconds: f64, outcome: Result<Vec<Finding>, String>) -> Ended {
    Ended {
        step,
        seconds,
        outcome,
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::{LANES, Step, lanes};

    #[test]
    fn every_step_has_one_lane() {
        for step in Step::value_variants() {
            let count = LANES.iter().filter(|lane| lane.contains(step)).count();
            assert_eq!(count, 1, "{}", step.name());
        }
    }

    #[test]
    fn one_lane_builds_and_the_others_wait() {
        let waiting =
            |wanted: &[Step]| -> Vec<bool> { lanes(wanted).iter().map(|(_, waits)| *waits).collect() };
        assert_eq!(waiting(Step::value_variants()), [false, true, true, false, false]);
        assert_eq!(waiting(&[Step::Samples, Step::Clippy]), [false, true]);
        assert_eq!(
            waiting(&[Step::Clippy, Step::Fmt, Step::Lint]),
            [false, false, false]
        );
    }
}
