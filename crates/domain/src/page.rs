//! Pages of a list, without any idea of links or query parameters: those belong to a surface.

/// How many items a page may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageLimit(u16);

impl PageLimit {
    /// Any number is valid. Zero yields empty pages.
    pub const fn new(items: u16) -> Self {
        Self(items)
    }

    /// The limit as the stores count it.
    pub fn get(self) -> u64 {
        u64::from(self.0)
    }
}

/// A part of a list: how many items to skip, and how many to return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// How many items come before the page.
    pub offset: u64,
    /// How many items the page holds at the most.
    pub limit: PageLimit,
}

impl PageRequest {
    /// The page `number`, counted from one; page zero is page one. A page whose offset cannot be counted becomes a
    /// page past the end of every list.
    pub fn numbered(page: u64, limit: PageLimit) -> Self {
        Self { offset: page.saturating_sub(1).saturating_mul(limit.get()), limit }
    }
}

/// A part of a list that goes on after a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<T, P> {
    /// The items, in the order of the list. What does not read back is not among them.
    pub items: Vec<T>,
    /// Where the next part begins: the place of the last item that was read, whether it read back or not. `None` at the
    /// end of the list.
    pub next: Option<P>,
}

/// How far a part of a list reaches, where few of its entries may be wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// So many items at the most.
    pub items: u64,
    /// So many entries are looked at for them, or somewhat more. At least one.
    pub looked_at: u64,
}

/// A part of a list and the size of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The items, in the order of the list.
    pub items: Vec<T>,
    /// How many items the whole list has.
    pub total: u64,
}

impl<T> Page<T> {
    /// How many pages of this limit the whole list fills, the last one perhaps in part.
    pub fn pages(&self, limit: PageLimit) -> u64 {
        self.total.div_ceil(limit.get().max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_from_one() {
        let limit = PageLimit::new(10);
        assert_eq!(PageRequest::numbered(1, limit).offset, 0);
        assert_eq!(PageRequest::numbered(3, limit).offset, 20);
        assert_eq!(PageRequest::numbered(0, limit).offset, 0);
    }

    #[test]
    fn a_page_beyond_counting_is_past_the_end() {
        assert_eq!(PageRequest::numbered(u64::MAX, PageLimit::new(20)).offset, u64::MAX);
    }

    #[test]
    fn the_last_page_may_be_filled_in_part() {
        let page = |total| Page::<()> { items: vec![], total };
        assert_eq!(page(0).pages(PageLimit::new(10)), 0);
        assert_eq!(page(10).pages(PageLimit::new(10)), 1);
        assert_eq!(page(11).pages(PageLimit::new(10)), 2);
    }
}
