import CLinux
import Glibc

/// What a process gives up before it runs a program on a stranger's file. Nothing of it can be taken back.
package enum Confinement {
    /// One of the kernel's limits. getrlimit(2)
    package struct Limit: Sendable {
        let resource: __rlimit_resource
        let most: UInt

        /// Bytes of addresses, mapped libraries and stacks of threads included.
        package static func addresses(_ bytes: UInt) -> Limit { Limit(resource: RLIMIT_AS, most: bytes) }
        /// Bytes of a stack; threads of the program begin with as much.
        package static func stack(_ bytes: UInt) -> Limit { Limit(resource: RLIMIT_STACK, most: bytes) }
        /// Seconds on a processor, those of all threads together.
        package static func seconds(_ count: UInt) -> Limit { Limit(resource: RLIMIT_CPU, most: count) }
        /// Bytes of the longest file that it may write; sockets are no files.
        package static func writing(_ bytes: UInt) -> Limit { Limit(resource: RLIMIT_FSIZE, most: bytes) }
        /// Bytes of what is written down after a crash.
        package static func core(_ bytes: UInt) -> Limit { Limit(resource: RLIMIT_CORE, most: bytes) }
        /// Descriptors.
        package static func descriptors(_ count: UInt) -> Limit {
            Limit(resource: RLIMIT_NOFILE, most: count)
        }
    }

    /// Sets these limits for good, gives way to all other processes, and ends with its parent.
    ///
    /// - Returns: false when the kernel refuses any of it.
    package static func accept(_ limits: [Limit]) -> Bool {
        for limit in limits {
            var value = rlimit(rlim_cur: limit.most, rlim_max: limit.most)
            guard setrlimit(__rlimit_resource_t(limit.resource.rawValue), &value) == 0 else { return false }
        }
        // Where memory is short this process is to go, and not the server. Both only ask for less.
        if let file = fopen("/proc/self/oom_score_adj", "we") {
            fputs("1000", file)
            fclose(file)
        }
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        return islet_confine() == 0
    }

    /// Leaves the network; false where the kernel does not let everybody do that, and while there are threads.
    package static func leaveNetwork() -> Bool { islet_leave_network() == 0 }
}
