//! Web servers for which a portal has a file of headers, and the paths of these files.

use super::{Site, static_path};

/// A server that has a file of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Server {
    /// Hosts of static files that read `_headers`, such as Cloudflare Pages and Netlify.
    StaticHost,
    /// Apache httpd.
    Apache,
    /// nginx.
    Nginx,
    /// Caddy.
    Caddy,
}

impl Server {
    /// All of them.
    pub const ALL: [Server; 4] = [
        Server::StaticHost,
        Server::Apache,
        Server::Nginx,
        Server::Caddy,
    ];

    /// The file's path in the portal. Two have a fixed place; the others are included by the server's own settings.
    pub fn path(self) -> &'static str {
        match self {
            Server::StaticHost => "_headers",
            Server::Apache => ".htaccess",
            Server::Nginx => "headers/nginx.conf",
            Server::Caddy => "headers/Caddyfile",
        }
    }
}

/// The servers that a portal has files for. A portal that is opened from a folder has no such files. A file of the same
/// name in `static/` replaces the built-in one.
pub fn servers(site: &Site) -> impl Iterator<Item = Server> + '_ {
    Server::ALL.into_iter().filter(|server| {
        let is_own = |path: &str| static_path(path) == server.path();
        !site.config.base_url.is_portable()
            && !site.static_files.iter().any(|found| is_own(&found.path))
    })
}
