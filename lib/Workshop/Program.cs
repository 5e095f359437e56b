return await Workshop.Commands.WorkshopProgram.RunAsync(args);
