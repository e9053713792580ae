//! The payment processor's stand-in: `storefront-processor`. Its settings come from the environment, see
//! [`storefront_processor::Config`].

use storefront_processor::{Config, Processor, StartError};
use storefront_service::{logs, server};

#[tokio::main]
async fn main() -> Result<(), StartError> {
    logs::start();
    let config = Config::from_environment()?;
    let listen = config.listen;
    let processor = Processor::open(config).await?;
    let sweeper = processor.keep_swept();
    server::run(listen, processor.router()).await?;
    sweeper.abort();
    processor.close().await;
    Ok(())
}
