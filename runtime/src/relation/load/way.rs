//! The shapes on the way from a query's rows down to what is loaded.

use std::any::TypeId;

use crate::Error;

/// Trees are not deeper, but rows that are below themselves are.
const DEEPEST: usize = 1_000;

/// The shapes on the way from a query's rows down to what is loaded: a shape that holds itself is a tree, which ends
/// where there are no more rows. Two that hold each other lead back to where they came from.
#[derive(Debug, Clone, Default)]
pub struct Way {
    shapes: Vec<TypeId>,
    depth: usize,
}

impl Way {
    pub(super) fn new(shape: Option<TypeId>) -> Self {
        Way { shapes: shape.into_iter().collect(), depth: 0 }
    }

    /// One level further down.
    pub(super) fn down(mut self, shape: Option<TypeId>) -> Result<Self, Error> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Error::Shape { reason: "rows that are below themselves have no end" });
        }
        if let Some(shape) = shape.filter(|shape| self.shapes.last() != Some(shape)) {
            if self.shapes.contains(&shape) {
                return Err(Error::Shape { reason: "two shapes that hold each other have no end" });
            }
            self.shapes.push(shape);
        }
        Ok(self)
    }
}
