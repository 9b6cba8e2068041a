using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EventDriven.Hosting.Processes;

/// <summary>Changes the owner of files, for which .NET has no API.</summary>
internal static partial class Owner
{
    public static void Change(string path, SystemUser user)
    {
        if (Chown(path, user.Uid, user.Gid) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"The owner of {path} can't be changed to {user.Name}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Chown(string path, uint uid, uint gid);
}
