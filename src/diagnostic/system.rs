//! What an operating system says of files and connections, in the languages of the program. Enters: its error. Leaves: the
//! words and the next step; the system's own English words never stand in a message.

use super::{Lang, ProgramFault, Text, visible};
use crate::say;
use std::io::{Error, ErrorKind};

/// A fault of the program with everything that caused it, in words.
pub fn chain_words(error: &anyhow::Error) -> Text {
    let links: Vec<Text> = error.chain().map(link_words).collect();
    let join = |lang: Lang, mark: &str| {
        let mut parts: Vec<&str> = links.iter().map(|text| text.get(lang)).collect();
        // An error that wraps another often repeats its words.
        parts.dedup();
        parts.join(mark)
    };
    Text {
        zh: join(Lang::Zh, "："),
        en: join(Lang::En, ": "),
    }
}

fn link_words(link: &(dyn std::error::Error + 'static)) -> Text {
    if let Some(fault) = link.downcast_ref::<ProgramFault>() {
        let words = |lang| visible(fault.get(lang)).into_owned();
        return Text {
            zh: words(Lang::Zh),
            en: words(Lang::En),
        };
    }
    if let Some(error) = link.downcast_ref::<Error>() {
        return system_words(error);
    }
    let words = visible(&link.to_string()).into_owned();
    Text {
        zh: words.clone(),
        en: words,
    }
}

/// An error of the operating system in words, with what to do about it.
pub fn system_words(error: &Error) -> Text {
    // Editors and synchronising programs on Windows hold files: sharing and lock violations have no kind of their own.
    if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) {
        return locked();
    }
    match error.kind() {
        ErrorKind::PermissionDenied => say!(
            "没有权限；请检查文件和文件夹的权限，或请管理员看看",
            "permission is denied; check the permissions of the file and its folder"
        ),
        ErrorKind::NotFound => say!(
            "没有这个文件或文件夹；请检查名字和位置",
            "there is no such file or folder; check its name and place"
        ),
        ErrorKind::AlreadyExists => say!(
            "已经有同名的文件或文件夹；请换个名字，或移走原来的",
            "a file or folder of that name is there already; choose another name, or move it away"
        ),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => say!(
            "磁盘满了或到了限额；请腾出空间再试",
            "there is no room left on the disk or in the quota; make room and try again"
        ),
        ErrorKind::FileTooLarge => say!(
            "文件太大，这个磁盘存不下；请换一个磁盘",
            "the file is too large for this disk; take another one"
        ),
        ErrorKind::ReadOnlyFilesystem => say!(
            "这个磁盘只能读，不能写；请换一个位置",
            "the disk can only be read; choose another place"
        ),
        ErrorKind::ResourceBusy
        | ErrorKind::ExecutableFileBusy
        | ErrorKind::WouldBlock
        | ErrorKind::Deadlock => locked(),
        ErrorKind::InvalidFilename => say!(
            "名字太长，或有这个磁盘不允许的字符；请改短，换成普通的文字",
            "the name is too long or holds characters that the disk does not allow; choose a short and plain one"
        ),
        ErrorKind::NotADirectory => say!(
            "路径中间有一段是文件，不是文件夹；请检查路径",
            "a part of the path is a file and no folder; check the path"
        ),
        ErrorKind::IsADirectory => say!(
            "这是文件夹，不是文件；请写文件的路径",
            "this is a folder and no file; name a file"
        ),
        ErrorKind::DirectoryNotEmpty => say!(
            "文件夹里还有东西；请先看看里面是什么",
            "the folder is not empty; see what is in it"
        ),
        ErrorKind::CrossesDevices => say!(
            "两个位置不在同一个磁盘上；请放在同一个磁盘上再试",
            "the two places are on different disks; use one disk"
        ),
        ErrorKind::TooManyLinks => say!(
            "链接绕成了圈，或太多；请删去多余的链接",
            "links run in a circle, or there are too many; remove some"
        ),
        ErrorKind::InvalidData => say!(
            "内容读不懂，可能损坏了；请换一份完好的",
            "the data cannot be understood and may be damaged; take a whole copy"
        ),
        ErrorKind::UnexpectedEof => say!(
            "内容没有完，可能没有复制完整；请换一份完好的",
            "the data ends too early and may not be whole; take a whole copy"
        ),
        ErrorKind::OutOfMemory => say!(
            "内存不够；请关掉别的程序再试",
            "there is not enough memory; close other programs and try again"
        ),
        ErrorKind::AddrInUse => say!(
            "端口已经被占用；请用 --port 换一个",
            "the port is taken; choose another one with --port"
        ),
        ErrorKind::AddrNotAvailable => say!(
            "这台机器没有这个地址；请检查地址",
            "this machine does not have the address; check it"
        ),
        ErrorKind::TimedOut => say!(
            "等得太久，没有回应；请稍后再试",
            "nothing answered in time; try again later"
        ),
        ErrorKind::Interrupted => say!("被打断了；请再试一次", "it was interrupted; try again"),
        ErrorKind::BrokenPipe
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::NotConnected => say!(
            "对方先断开了；请再试一次",
            "the other side hung up; try again"
        ),
        ErrorKind::ConnectionRefused => say!(
            "对方没有接受连接；请检查地址和端口",
            "the other side refused the connection; check address and port"
        ),
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => {
            say!(
                "网络不通；请检查网络",
                "the network cannot be reached; check it"
            )
        }
        ErrorKind::StaleNetworkFileHandle => say!(
            "共享文件夹的连接断了；请重新连接再试",
            "the shared folder was disconnected; connect it again and retry"
        ),
        ErrorKind::Unsupported => say!(
            "这个系统或磁盘不支持这样做；请换一个位置",
            "the system or the disk does not support this; choose another place"
        ),
        ErrorKind::ArgumentListTooLong | ErrorKind::InvalidInput => say!(
            "名字或路径里有系统不接受的字符；请换个名字",
            "the name or path holds what the system does not take; choose another one"
        ),
        ErrorKind::WriteZero => say!(
            "没有写完；请检查磁盘",
            "not everything was written; check the disk"
        ),
        _ => unnamed(error),
    }
}

fn locked() -> Text {
    say!(
        "文件正被别的程序占用；请关掉那个程序再试",
        "another program holds the file; close that program and try again"
    )
}

/// Errors without a name in the standard library, by their number on the systems that share it.
fn unnamed(error: &Error) -> Text {
    match error.raw_os_error() {
        // Loops of links have a kind that is not stable yet.
        Some(40) if cfg!(target_os = "linux") => say!(
            "链接绕成了圈；请删去多余的链接",
            "links run in a circle; remove some"
        ),
        Some(5) if cfg!(unix) => say!(
            "磁盘读写出错，可能坏了；请换一个磁盘",
            "the disk could not be read or written and may be broken; take another one"
        ),
        Some(23 | 24) if cfg!(unix) => say!(
            "同时打开的文件太多；请关掉别的程序再试",
            "too many files are open; close other programs and try again"
        ),
        Some(number) => say!(
            "系统报告了错误 {number}；请把这个数字告诉管理员",
            "the system reports error {number}; tell it to whoever looks after the machine"
        ),
        // An error that this program or a library made has words of its own and no number.
        None => say!(
            "读写没有做成（{error}）",
            "reading or writing failed: {error}"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every number that a system call can give on this machine is worded without the system's own words.
    #[test]
    fn no_error_of_the_system_is_told_in_its_own_words() {
        for number in 1..=133 {
            let error = Error::from_raw_os_error(number);
            let words = system_words(&error);
            let own = error.to_string();
            let own = own.split(" (os error").next().unwrap_or_default();
            assert!(!words.zh.contains(own), "{number}: {}", words.zh);
            assert!(!words.zh.contains("os error") && !words.en.contains("os error"));
            assert!(
                words.zh.chars().filter(char::is_ascii_alphabetic).count() <= 6,
                "{number}: {}",
                words.zh
            );
        }
    }

    #[test]
    fn what_people_meet_has_words_of_its_own() {
        let kinds = [
            ErrorKind::PermissionDenied,
            ErrorKind::NotFound,
            ErrorKind::StorageFull,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::ResourceBusy,
            ErrorKind::InvalidFilename,
            ErrorKind::NotADirectory,
            ErrorKind::IsADirectory,
            ErrorKind::AddrInUse,
        ];
        let words: std::collections::BTreeSet<String> = kinds
            .into_iter()
            .map(|kind| system_words(&Error::from(kind)).zh)
            .collect();
        assert_eq!(words.len(), kinds.len());
        assert!(
            words.iter().all(|words| words.contains('；')),
            "each says what to do: {words:?}"
        );
    }
}
