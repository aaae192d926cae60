//! Every route of the server, on one screen.

use crate::dialects::{self, formsonfire, kibo, mypreferences, propeller, taleolearn};
use crate::state::State;
use crate::{docs, documents, error_pages, health, plain, requests, reset, welcome};
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::{App, Error, FromRequest, Handler, Resource, Responder, web};

/// The application. Kibo's paths answer under `/` and under `/api`, Propeller's under `/` and under `/v2`, as their clients
/// use both.
pub fn app(
    state: &web::Data<State>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    App::new()
        .app_data(state.clone())
        .app_data(web::Data::new(formsonfire::FormsOnFire::new(state.clone())))
        .app_data(web::Data::new(kibo::Kibo::new(state.clone())))
        .app_data(web::Data::new(mypreferences::MyPreferences::new(state.clone())))
        .app_data(web::Data::new(propeller::Propeller::new(state.clone())))
        .app_data(web::Data::new(taleolearn::TaleoLearn::new(state.clone())))
        .wrap(from_fn(requests::surround))
        .service(page("/", welcome::page))
        .service(page("/healthz", health::healthz))
        .service(page("/readyz", health::readyz))
        .configure(reset::configure(state))
        .configure(error_pages::configure)
        .configure(docs::configure)
        .configure(documents::configure)
        // Before the scope that would take all below `/api`.
        .configure(contract::formsonfire::configure::<formsonfire::FormsOnFire>)
        .service(
            web::scope(taleolearn::MOUNT)
                .wrap(from_fn(taleolearn::hand_out))
                .configure(contract::taleolearn::configure::<taleolearn::TaleoLearn>),
        )
        .service(web::scope("/api").configure(contract::kibo::configure::<kibo::Kibo>))
        .configure(contract::kibo::configure::<kibo::Kibo>)
        .configure(contract::mypreferences::configure::<mypreferences::MyPreferences>)
        .service(web::scope("/v2").configure(contract::propeller::configure::<propeller::Propeller>))
        .configure(contract::propeller::configure::<propeller::Propeller>)
        .default_service(web::to(dialects::unknown_path))
}

/// One of our own pages: it can be had, and asked for its head, by everybody.
pub fn page<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path)
        .route(web::get().to(handler.clone()))
        .route(web::head().to(handler))
        .default_service(web::to(|request, payload| {
            plain::other_verb(plain::READ, request, payload)
        }))
}
