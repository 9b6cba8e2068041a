using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EventDriven.LocalHost.Processes;

/// <summary>The two calls of the C library that .NET has no form of.</summary>
internal static partial class Native
{
    /// <summary>Sends a signal; false when the process is gone.</summary>
    public static bool Signal(int processId, ProcessSignal signal) => Kill(processId, (int)signal) == 0;

    /// <summary>Gives a file or folder to another user.</summary>
    public static void ChangeOwner(string path, uint uid, uint gid)
    {
        if (Chown(path, uid, gid) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{path} can't be given to user {uid}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Chown(string path, uint uid, uint gid);
}
