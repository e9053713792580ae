//! The demo shop: `storefront-shop`. Its settings come from the environment, see [`storefront_shop::Config`].

use storefront_service::{logs, server};
use storefront_shop::{Config, Shop, StartError};

#[tokio::main]
async fn main() -> Result<(), StartError> {
    logs::start();
    let config = Config::from_environment()?;
    let listen = config.listen;
    let shop = Shop::open(config).await?;
    let sweeper = shop.keep_swept();
    server::run(listen, shop.router()).await?;
    sweeper.abort();
    shop.close().await;
    Ok(())
}
