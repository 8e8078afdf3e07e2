//! Who may change the catalogue through this surface.

use actix_web::{HttpRequest, web};
use vestibule_application::Actor;
use vestibule_application::catalogue::Editor;

use crate::http::FrameworkProblem;
use crate::http::extract::Admission;
use crate::surfaces::theater::{Rejection, Theater, TheaterPolicy};

/// Lets everybody in while the door `catalogue_writes` is open, otherwise moderators and administrators.
impl Admission<Theater> for Editor {
    async fn admit(request: &HttpRequest) -> Result<Self, Rejection> {
        let policy = request.app_data::<web::Data<TheaterPolicy>>().ok_or(FrameworkProblem::Panicked)?;
        if policy.catalogue_writes_open {
            return Ok(Self::through_open_door());
        }
        let actor = <Actor as Admission<Theater>>::admit(request).await?;
        Ok(Self::with_role(&actor)?)
    }
}
