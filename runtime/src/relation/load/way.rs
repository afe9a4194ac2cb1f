//! The shapes on the way from a query's rows down to what is loaded.

use std::any::TypeId;

use crate::Error;

/// Each level waits for the next one, which takes room on the stack.
const DEEPEST: usize = 128;

/// How often shapes can hold each other: of rows that lead back to where they came from, each level has many times those
/// of the one above.
const MOST_TURNS: usize = 8;

/// The shapes on the way from a query's rows down to what is loaded. A shape that holds itself, or another one that holds
/// it, ends where there are no more rows; rows that are below themselves have no end.
#[derive(Debug, Clone, Default)]
pub struct Way {
    shapes: Vec<TypeId>,
    depth: usize,
    /// How often a shape came again, with others in between.
    turns: usize,
}

impl Way {
    pub(super) fn new(shape: Option<TypeId>) -> Self {
        Way { shapes: shape.into_iter().collect(), ..Way::default() }
    }

    /// One level further down.
    pub(super) fn down(mut self, shape: Option<TypeId>) -> Result<Self, Error> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Error::Shape {
                reason: "a shape is within itself more than 128 times: its rows may be below themselves",
            });
        }
        if let Some(shape) = shape.filter(|shape| self.shapes.last() != Some(shape)) {
            self.turns += usize::from(self.shapes.contains(&shape));
            if self.turns > MOST_TURNS {
                return Err(Error::Shape {
                    reason: "two shapes hold each other more than 8 times: their rows may lead back to themselves",
                });
            }
            self.shapes.push(shape);
        }
        Ok(self)
    }
}
