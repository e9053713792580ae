//! Browsers, drivers and the database: taken from the environment, else from the system, else installed where apt can.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::{
    places::Places,
    shell::{Outcome, capture, cargo, command, step},
};

/// Something that a suite needs and Cargo and npm cannot bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tool {
    /// What it is called when it is missing.
    pub(crate) name: &'static str,
    /// The environment variable that names it, and that names it to the suites.
    pub(crate) variable: &'static str,
    /// Programs that will do, by name or by pattern-free path.
    programs: &'static [&'static str],
    /// Debian's packages that bring it.
    packages: &'static [&'static str],
}

pub(crate) const CHROME: Tool = Tool {
    name: "Chromium",
    variable: "CHROME",
    programs: &["chromium", "google-chrome", "chrome"],
    packages: &["chromium", "fonts-dejavu-core", "fonts-noto-core"],
};
pub(crate) const CHROMEDRIVER: Tool = Tool {
    name: "chromedriver",
    variable: "CHROMEDRIVER",
    programs: &["chromedriver"],
    packages: &["chromium-driver"],
};
pub(crate) const FIREFOX: Tool = Tool {
    name: "Firefox",
    variable: "FIREFOX",
    programs: &["firefox-esr", "firefox"],
    packages: &["firefox-esr"],
};
pub(crate) const GECKODRIVER: Tool =
    Tool { name: "geckodriver", variable: "GECKODRIVER", programs: &["geckodriver"], packages: &[] };
pub(crate) const WEBKIT: Tool = Tool {
    name: "WebKitGTK's driver",
    variable: "WEBKIT_DRIVER",
    programs: &["WebKitWebDriver"],
    packages: &["webkit2gtk-driver"],
};
pub(crate) const XVFB: Tool =
    Tool { name: "Xvfb", variable: "XVFB_RUN", programs: &["xvfb-run"], packages: &["xvfb", "xauth"] };

/// The geckodriver that is built where none is installed.
const GECKODRIVER_VERSION: &str = "0.37.1";

impl Tool {
    /// Where the tool is: what the environment names, else what the system has.
    pub(crate) fn find(&self) -> Option<PathBuf> {
        match env::var_os(self.variable).filter(|value| !value.is_empty()) {
            Some(named) => Some(PathBuf::from(named)),
            None => self.programs.iter().find_map(|program| on_path(program)),
        }
    }

    fn missing(&self) -> String {
        let how = if self.packages.is_empty() {
            format!("set {}", self.variable)
        } else {
            format!("set {}, or install Debian's {}", self.variable, self.packages.join(" "))
        };
        format!("{} is missing: {how}", self.name)
    }
}

/// A program on the search path.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// Whether packages can be installed here without asking anybody.
pub(crate) fn can_install(places: &Places) -> bool {
    Path::new("/etc/debian_version").is_file() && on_path("apt-get").is_some() && is_root(places)
}

/// Whether this runs as root.
pub(crate) fn is_root(places: &Places) -> bool {
    capture(command("id", &places.root).arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Makes sure of the given tools; each that cannot be had is answered with one line.
pub(crate) fn provide(places: &Places, tools: &[Tool]) -> Vec<(Tool, String)> {
    let absent: Vec<Tool> = tools.iter().copied().filter(|tool| tool.find().is_none()).collect();
    let mut packages: Vec<&str> = absent.iter().flat_map(|tool| tool.packages.iter().copied()).collect();
    packages.dedup();
    let mut failures = Vec::new();
    if !packages.is_empty()
        && can_install(places)
        && let Err(error) = install(places, &packages)
    {
        failures.push(error);
    }
    let mut missing = Vec::new();
    for tool in absent {
        let built = if tool == GECKODRIVER { build_geckodriver(places) } else { Ok(()) };
        if let Err(error) = built {
            missing.push((tool, error));
        } else if locate(places, tool).is_none() {
            missing.push((tool, format!("{}{}", tool.missing(), failures.concat())));
        }
    }
    missing
}

/// Where a tool is, those that this program has built included.
pub(crate) fn locate(places: &Places, tool: Tool) -> Option<PathBuf> {
    tool.find().or_else(|| Some(geckodriver(places)).filter(|path| tool == GECKODRIVER && path.is_file()))
}

/// Installs Debian packages.
pub(crate) fn install(places: &Places, packages: &[&str]) -> Outcome<()> {
    let apt = |arguments: &[&str]| {
        let mut apt = command("apt-get", &places.root);
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        apt
    };
    step(places, "setup-apt-update", "read Debian's package lists", &mut apt(&["update", "--quiet"]))?;
    let mut install = apt(&["install", "--yes", "--quiet", "--no-install-recommends"]);
    install.args(packages);
    step(places, "setup-apt-install", &format!("install {}", packages.join(" ")), &mut install)
}

fn geckodriver(places: &Places) -> PathBuf {
    places.in_target("tools/bin/geckodriver")
}

fn build_geckodriver(places: &Places) -> Outcome<()> {
    if geckodriver(places).is_file() {
        return Ok(());
    }
    let mut cargo = cargo(places);
    cargo.args(["install", "geckodriver", "--locked", "--debug", "--version", GECKODRIVER_VERSION]);
    cargo
        .arg("--root")
        .arg(places.in_target("tools"))
        .env("CARGO_TARGET_DIR", places.in_target("tools/build"));
    step(places, "setup-geckodriver", "compile geckodriver", &mut cargo)
}
