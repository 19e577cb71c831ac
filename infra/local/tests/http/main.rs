//! The HTTP API and the pages beside it, asked over the network as a browser does.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod hosting;
#[cfg(test)]
mod payloads;
#[cfg(test)]
mod routers;
#[cfg(test)]
mod routing;
#[cfg(test)]
mod site;
#[cfg(test)]
mod support;
