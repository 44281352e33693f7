SinkCommand.main()
