import Glibc

/// A program that runs beside this one and talks over its standard input, which is a socket.
///
/// It is killed and its remains are taken away when the caller is done with it, or it with itself: nobody stays.
package struct ChildProcess: ~Copyable {
    /// Our end. Closed with this value.
    package let socket: Int32
    private let id: pid_t

    /// Starts a program; what it prints goes nowhere, what it complains of goes where ours goes.
    ///
    /// - Returns: nil when the system has no room for another process, or the program is not there.
    package init?(_ path: String, _ arguments: [String]) {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            return nil
        }
        defer { close(ends[1]) }
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        // The server holds signals back for its loop; a child that did so could not be told to stop.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var usual = sigset_t()
        sigemptyset(&usual)
        sigaddset(&usual, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var id = pid_t()
        guard posix_spawn(&id, path, &actions, &attributes, &words, environ) == 0 else {
            close(ends[0])
            return nil
        }
        self.id = id
        socket = ends[0]
    }

    deinit {
        close(socket)
        kill(id, SIGKILL)
        while waitpid(id, nil, 0) < 0, errno == EINTR {}
    }
}
