import CLinux

/// Memory that is not needed goes back to the system. mallopt(3), malloc_trim(3)
package enum Memory {
    /// One arena and a fixed threshold for mappings; call it first of all.
    package static func tune() {
        islet_tune_malloc()
    }

    /// Gives back what a burst left behind; takes about a millisecond.
    package static func trim() {
        malloc_trim(0)
    }
}
