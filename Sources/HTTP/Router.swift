/// Finds the route of a request: one dictionary look-up per segment, literals before parameters.
package struct Router: Sendable {
    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        var parameters: [(shape: PatternSegment.Shape, node: Int)] = []
        /// Routes that end here.
        var ends: [Compiled] = []
        /// Routes that take all the rest from here.
        var rests: [Compiled] = []
    }

    private struct Compiled: Sendable {
        var route: Route
        var names: [String]
    }

    private var nodes = [Node()]

    /// Stops the program if a pattern is malformed or two routes are the same: both are mistakes in our own
    /// table.
    package init(_ routes: [Route]) {
        for route in routes { add(route) }
    }

    /// The route for a method and path. HEAD falls back to GET, and one trailing slash makes no difference.
    package func match(_ method: Method, _ target: Target) -> Match {
        var segments = target.segments[...]
        if segments.last == "" { segments = segments.dropLast() }
        var search = Search(method: method)
        if target.path != "*" { find(segments, from: 0, &search) }
        if let (compiled, values) = search.found {
            let parameters = Dictionary(zip(compiled.names, values)) { first, _ in first }
            return .found(compiled.route, parameters: parameters)
        }
        return search.allowed.isEmpty ? .notFound : .methodNotAllowed(allowed: search.allowed)
    }

    private struct Search {
        let method: Method
        var values: [String] = []
        var found: (Compiled, [String])?
        var allowed: [Method] = []
    }

    /// Goes as deep as the table does, whatever the length of the path.
    private func find(_ segments: ArraySlice<String>, from index: Int, _ search: inout Search) {
        let node = nodes[index]
        guard let segment = segments.first else { return choose(node.ends, &search) }
        let rest = segments.dropFirst()
        if let child = node.literals[segment] {
            find(rest, from: child, &search)
            if search.found != nil { return }
        }
        for (shape, child) in node.parameters {
            guard let value = shape.value(in: segment) else { continue }
            search.values.append(value)
            find(rest, from: child, &search)
            if search.found != nil { return }
            search.values.removeLast()
        }
        guard !node.rests.isEmpty else { return }
        search.values.append(segments.joined(separator: "/"))
        choose(node.rests, &search)
        search.values.removeLast()
    }

    private func choose(_ routes: [Compiled], _ search: inout Search) {
        if let exact = routes.first(where: { $0.route.method == search.method })
            ?? (search.method == .head ? routes.first { $0.route.method == .get } : nil)
        {
            search.found = (exact, search.values)
            return
        }
        for compiled in routes {
            let method = compiled.route.method
            let adds = method == .get ? [.get, .head] : [method]
            search.allowed += adds.filter { !search.allowed.contains($0) }
        }
    }

    private mutating func add(_ route: Route) {
        var index = 0
        var names: [String] = []
        var takesRest = false
        for segment in PatternSegment.split(route.pattern) {
            precondition(!takesRest, "nothing may follow the rest in \(route.pattern)")
            switch segment {
            case .literal(let text):
                index = child(of: index, literal: text)
            case .parameter(let name, let shape):
                names.append(name)
                index = child(of: index, shape: shape)
            case .rest(let name):
                names.append(name)
                takesRest = true
            }
        }
        let compiled = Compiled(route: route, names: names)
        let others = takesRest ? nodes[index].rests : nodes[index].ends
        precondition(
            !others.contains { $0.route.method == route.method },
            "two routes for \(route.method.rawValue) \(route.pattern)")
        if takesRest { nodes[index].rests.append(compiled) } else { nodes[index].ends.append(compiled) }
    }

    private mutating func child(of index: Int, literal: String) -> Int {
        if let known = nodes[index].literals[literal] { return known }
        nodes.append(Node())
        nodes[index].literals[literal] = nodes.count - 1
        return nodes.count - 1
    }

    private mutating func child(of index: Int, shape: PatternSegment.Shape) -> Int {
        if let known = nodes[index].parameters.first(where: { $0.shape == shape }) { return known.node }
        nodes.append(Node())
        nodes[index].parameters.append((shape, nodes.count - 1))
        // The more literal a shape is, the earlier it is tried.
        nodes[index].parameters.sort { $0.shape.literalCount > $1.shape.literalCount }
        return nodes.count - 1
    }
}

/// What the router found.
package enum Match: Sendable {
    case found(Route, parameters: [String: String])
    /// The path is known with other methods; they go into the Allow field.
    case methodNotAllowed(allowed: [Method])
    case notFound
}
