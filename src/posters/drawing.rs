//! A drawing: shapes in their order, the same for every format. It holds no text, so that no machine needs the font.

/// One part of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// Begins a contour.
    Move([f32; 2]),
    /// A straight line.
    Line([f32; 2]),
    /// A quadratic curve: control point, end.
    Quad([f32; 2], [f32; 2]),
    /// A cubic curve: control points, end.
    Cubic([f32; 2], [f32; 2], [f32; 2]),
    /// Ends a contour.
    Close,
}

/// The outline of a shape.
pub(super) type ShapeOutline = Vec<Segment>;

/// One filled shape.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// What is filled, by the rule of non-zero winding.
    pub outline: ShapeOutline,
    /// Red, green, blue.
    pub colour: [u8; 3],
    /// The width of a stroke of the same colour, pixels; 0 for none.
    pub stroke: f32,
    /// Whether edges are softened; straight edges on whole pixels need none.
    pub is_smooth: bool,
}

/// Shapes, those behind first.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    /// The shapes.
    pub shapes: Vec<Shape>,
}

impl Drawing {
    /// Adds a rectangle on whole pixels.
    pub(super) fn rectangle(&mut self, [x, y, width, height]: [f32; 4], colour: [u8; 3]) {
        let mut outline = ShapeOutline::new();
        add_rectangle(&mut outline, [x, y, width, height]);
        self.shapes.push(Shape {
            outline,
            colour,
            stroke: 0.0,
            is_smooth: false,
        });
    }
}

/// Adds a rectangle to an outline.
pub(super) fn add_rectangle(outline: &mut ShapeOutline, [x, y, width, height]: [f32; 4]) {
    outline.extend([
        Segment::Move([x, y]),
        Segment::Line([x + width, y]),
        Segment::Line([x + width, y + height]),
        Segment::Line([x, y + height]),
        Segment::Close,
    ]);
}
