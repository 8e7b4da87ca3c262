package dev.plinth.linux;

/// The number of a device: what a device file stands for, or what a file lies on.
///
/// @param major 0 to 4095
/// @param minor 0 to 1048575
public record Device(int major, int minor) {
    /// In overlayfs, the device of a character device file that hides the name below it.
    public static final Device WHITEOUT = new Device(0, 0);

    private static final int MAJORS = 1 << 12;
    private static final int MINORS = 1 << 20;

    public Device {
        if (major < 0 || major >= MAJORS || minor < 0 || minor >= MINORS) {
            throw new IllegalArgumentException("no device number: " + major + ":" + minor);
        }
    }

    /// The number in the form of `mknod` and `stat`.
    long encoded() {
        return (minor & 0xffL) | (long) major << 8 | (minor & ~0xffL) << 12;
    }

    @Override
    public String toString() {
        return major + ":" + minor;
    }
}
