[assembly: Consumer<Projects.Recommendations_Worker>("recommendations", port: 5105)]
