//! Lists by pages: each item once, newest first, whatever the limit and whatever comes in between.

mod closed_positions;
mod orders;
mod refused_alerts;
mod settings;
mod signals;
mod waiting;

use storage::{Cursor, Page, PageLimit, PageRequest, StorageError};

/// From one item to more than there are.
const LIMITS: [u32; 5] = [1, 2, 3, 7, 200];

/// Asks for pages until there is none left.
async fn walked<T>(
    limit: u32,
    page: impl AsyncFn(&PageRequest) -> Result<Page<T>, StorageError>,
) -> Vec<T> {
    let mut request = PageRequest::first(PageLimit::new(limit).unwrap());
    let mut items = Vec::new();
    loop {
        let found = page(&request).await.unwrap();
        assert!(found.items.len() <= limit as usize);
        items.extend(found.items);
        let Some(next) = found.next else {
            return items;
        };
        // As it comes back in an address.
        request.after = Some(Cursor::from(next.to_string()));
    }
}

/// Every one of these is refused as a cursor.
async fn refuses<T: std::fmt::Debug>(
    cursors: impl IntoIterator<Item = Cursor>,
    page: impl AsyncFn(&PageRequest) -> Result<Page<T>, StorageError>,
) {
    for cursor in cursors {
        let request = PageRequest {
            after: Some(cursor.clone()),
            ..PageRequest::default()
        };
        let refused = page(&request).await;
        let is_refused = matches!(refused, Err(StorageError::InvalidCursor));
        assert!(is_refused, "{cursor}: {refused:?}");
    }
}

/// A cursor that somebody made up.
fn forged(text: &str) -> Cursor {
    use base64::Engine;
    let text = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
    Cursor::from(text)
}
