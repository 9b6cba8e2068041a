using System.Runtime.InteropServices;

namespace EventDriven.Messaging.Privacy.Sealing;

/// <summary>An event's data as a handler may read it.</summary>
/// <param name="Data">UTF-8 JSON.</param>
/// <param name="Key">The key that opened something in it; null if none did.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OpenedData(ReadOnlyMemory<byte> Data, SubjectKey? Key);
