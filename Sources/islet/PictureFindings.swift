import Glibc
import Net

/// What `islet check` says about small pictures: who makes them, and what is missing. Nothing is started for it.
enum PictureFindings {
    static func lines(_ configuration: Configuration, tools: PictureTools = .find()) -> [String] {
        if configuration["media.helper"] == "none" {
            return ["pictures: media.helper is none: no thumbnails, apps load the originals"]
        }
        var lines = [picture(tools), film(tools)]
        if let maker = PictureMaker(configuration, tools: tools) { lines += place(maker.socket) }
        return lines
    }

    private static func picture(_ tools: PictureTools) -> String {
        if let vips = tools.vips { return "pictures: ok, \(vips)" }
        // Sizes on a Debian 12 that has nothing of it yet, without recommended packages.
        let package = "Debian: apt install --no-install-recommends libvips-tools (up to 220 MB)"
        if let ffmpeg = tools.ffmpeg {
            return
                "pictures: \(ffmpeg) for previews alone, with up to four times the memory; large ones and HEIC stay "
                + "as they are; \(package)"
        }
        return
            "pictures: no thumbnails: apps load the originals, and large ones and HEIC stay as they are; \(package)"
    }

    private static func film(_ tools: PictureTools) -> String {
        if let ffmpeg = tools.ffmpeg { return "stills of films: ok, \(ffmpeg)" }
        return "stills of films: none: apps show a sign in their place; Debian: apt install "
            + "--no-install-recommends ffmpeg (up to 500 MB)"
    }

    private static func place(_ socket: String?) -> [String] {
        if let socket {
            return [
                "pictures are made: behind \(socket)" + (access(socket, W_OK) == 0 ? "" : ", which is closed")
            ]
        }
        // This process ends soon, and can try what the child will do.
        let network = Confinement.leaveNetwork() ? "without network" : "the kernel leaves it the network"
        return ["pictures are made: by a child with limits, \(network)"]
    }
}
