import SQLite

/// Table `lists`: lists of people, `list_members` and `list_posts`.
package enum Lists {}
