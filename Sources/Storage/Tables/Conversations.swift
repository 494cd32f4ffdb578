import SQLite

/// Table `conversations`: exchanges of direct posts.
package enum Conversations {}
