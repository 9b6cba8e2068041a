using EventDriven.ControlRoom.Changes;
using EventDriven.ControlRoom.DeadLetters;
using EventDriven.ControlRoom.Events;
using EventDriven.ControlRoom.Figures;
using EventDriven.ControlRoom.Flow;
using EventDriven.ControlRoom.Journeys;
using EventDriven.ControlRoom.Layout;
using EventDriven.ControlRoom.Live;
using EventDriven.ControlRoom.Redrives;
using EventDriven.ControlRoom.Replay;
using EventDriven.ControlRoom.Servers;
using EventDriven.ControlRoom.SignIn;
using EventDriven.ControlRoom.Tail;
using EventDriven.ControlRoom.TryIt;

namespace EventDriven.ControlRoom;

/// <summary>The operator's web page: pages rendered here, plain forms, and server-sent events for what changes.</summary>
internal static class ControlRoomSetup
{
    public static void AddControlRoom(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents();
        builder.Services.AddAntiforgery();
        builder.Services.AddHttpContextAccessor();
        builder.AddProblemPages();
        builder.AddServers();
        builder.AddSignIn();
        builder.AddLive();
        builder.AddFlow();
        builder.AddChanges();
        builder.AddDeadLetters();
        builder.AddRedrives();
        builder.AddEvents();
        builder.AddJourneys();
        builder.AddTail();
        builder.AddTryIt();
        builder.AddReplay();
        builder.AddFigures();
    }

    /// <summary>Comes before whatever may answer with a page, such as that for browsers without a session.</summary>
    public static void UsePages(this WebApplication app) => app.UseMiddleware<PageHeaders>();

    /// <summary>Comes after whatever says who calls.</summary>
    public static void UseForms(this WebApplication app) => app.UseAntiforgery();

    public static void MapControlRoom(this WebApplication app)
    {
        app.MapAssets();
        app.MapTheme();
        app.MapSignIn();
        app.MapFlow();
        app.MapDeadLetters();
        app.MapRedrives();
        app.MapJourneys();
        app.MapTail();
        app.MapTryIt();
        app.MapReplay();
        app.MapFigures();
    }
}
